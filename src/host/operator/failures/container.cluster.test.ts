import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labels } from '#contract/workspace.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { provoke, script } from '#test/failures/provoke.ts';
import type { Provocation } from '#test/failures/provoke.ts';

/**
 * Serves a page until it was asked for it, and then stops listening. Its second start, which comes when the liveness probe has
 * failed for a minute at least, does not serve again.
 */
const serveOnce = (exitCode: number): string =>
  `trap 'exit ${String(exitCode)}' TERM; mkdir /tmp/w; echo hi > /tmp/w/index.html
[ $(( $(date +%s) - $(stat -c %Y /etc/hostname) )) -lt 60 ] && { httpd -f -v -p 8080 -h /tmp/w 2> /tmp/asked & until grep -q response:200 /tmp/asked; do sleep 1; done; sleep 3; kill $!; }
while :; do sleep 1; done`;
const answer = (text: string): string => `nc -ll -p 8080 -e /bin/sh -c 'read x; printf "${text}"; sleep 0.3'`;

type Case = [reason: string, spec: Partial<WorkspaceSpec>, message: RegExp, remedy: RegExp];

/** Each is a workspace of its own; all of them fail side by side in one namespace. */
const cases: readonly Case[] = [
  ['InvalidImageName', { image: 'Bad//Name::' }, /Bad/, /spec\.image/],
  ['RegistryUnreachable', { image: '127.0.0.1:9/x:1' }, /connection refused/, /way to it/],
  ['RegistryUnreachable', { image: 'registry.invalid/x:1' }, /no such host/, /registry’s name/],
  [
    'ConfigMissing',
    { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'absent', key: 'k' } } }] },
    /secret "absent" not found/,
    /Create the Secret/,
  ],
  [
    'ConfigMissing',
    { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'kube-root-ca.crt', key: 'absent' } } }] },
    /couldn't find key absent/,
    /with the key/,
  ],
  ['WrongCommand', { command: ['/nope'] }, /no such file or directory/, /spec\.command/],
  ['WrongCommand', { command: ['/etc/passwd'] }, /permission denied/, /spec\.command/],
  [
    'CrashLoop',
    script('echo beginning; echo "the token=abcdef is bad"; exit 3'),
    /exit code 3.*beginning ⏎ the token=… is bad/,
    /guildnet logs --previous [a-z0-9-]+\)/,
  ],
  [
    'CrashLoop',
    {
      image: 'guildnet.local/code-server:4.139.1',
      command: ['/opt/node/bin/node', '-e', "setTimeout(() => { throw new TypeError('no such plan') }, 1)"],
    },
    /TypeError: no such plan/,
    /guildnet logs --previous [a-z0-9-]+\)/,
  ],
  ['CommandEnds', script('echo done'), /exit code 0/, /keeps running/],
  [
    'OutOfMemory',
    { ...script('x=a; while :; do x=$x$x$x; done'), resources: { limits: { memory: '32Mi' } } },
    /\(32Mi\)/,
    /limits\.memory/,
  ],
  ['ImageNeedsRoot', script('mkdir /data'), /Permission denied/, /uid 1000/],
  ['ReadOnlyFileSystem', script('mkdir /sys/x'), /Read-only file system/, /home or \/tmp/],
  [
    'VolumeFull',
    // No file system here has a bound that a test reaches without the memory's; the kernel has a file that is always full.
    script('dd if=/dev/zero of=/dev/full bs=1M count=1 || exit 1'),
    /No space left on device/,
    /home\.size/,
  ],
  ['PortNotOpen', script('sleep 1000'), /nothing listens on port 8080/, /0\.0\.0\.0/],
  [
    'PortNotOpen',
    { ...script('httpd -f -p 127.0.0.1:9000'), ports: [{ containerPort: 9000 }] },
    /port 9000/,
    /spec\.ports/,
  ],
  [
    'AnswersServerError',
    script(answer(String.raw`HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n`)),
    /GET \/ .*status 500/,
    /log/,
  ],
  ['AnswersTooLate', script('nc -ll -p 8080 -e sleep 60'), /in time/, /`slow`/],
  ['DoesNotSpeakHttp', script(answer(String.raw`hello\n`)), /does not speak HTTP/, /spec\.ports/],
  [
    'Evicted',
    {
      ...script('dd if=/dev/zero of=/tmp/x bs=1M count=8; sleep 1000'),
      resources: { limits: { 'ephemeral-storage': '1Mi' } },
    },
    /ephemeral/,
    /make room/,
  ],
  ['LivenessKilled', script(serveOnce(143)), /stopped answering .*refused/, /`none`/],
  // Asked to end, it says that all went well; it was ended all the same.
  ['LivenessKilled', script(serveOnce(0)), /stopped answering .*refused/, /`none`/],
  ['HomeNotWritable', script('mkdir /.cache'), /'\/\.cache'.*Permission denied/, /HOME=\/tmp/],
];

const serve = script('echo hi > /tmp/index.html; httpd -f -p 8080 -h /tmp');

const name = (reason: string, index: number): string => `${reason.toLowerCase()}-${index}`;

describe.concurrent('failures of the container, really caused', () => {
  let provoked: Provocation;
  beforeAll(async () => {
    provoked = await provoke();
    await Promise.all([
      ...cases.map(([reason, spec], index) => provoked.launch(name(reason, index), spec)),
      provoked.launch('unused', { ...serve, idle: { stopAfter: '1m' } }),
    ]);
  });
  afterAll(() => provoked[Symbol.asyncDispose]());

  test.for(cases.map((one, index) => [index, ...one] as const))(
    '%i: %s',
    { timeout: 180_000 },
    async ([index, reason, , message, remedy]) => {
      const { failure, status } = await provoked.failure(name(reason, index), reason, message);
      expect(failure.message).toMatch(message);
      expect(failure.remedy).toMatch(remedy);
      // Whether it is a wait or a failure by now depends on when we look; the table tests hold that.
      expect(status.phase).not.toBe('Running');
      expect(status.conditions?.find((one) => one.type === 'Ready')).toMatchObject({ status: 'False', reason });
    },
  );

  test('what fails for good is Failed, and its Events on the Workspace say so', { timeout: 120_000 }, async () => {
    const workspace = name(
      'CrashLoop',
      cases.findIndex(([reason]) => reason === 'CrashLoop'),
    );
    await provoked.reached(workspace, 'Failed');
    const { items } = await provoked.namespace.core.listNamespacedEvent({
      namespace: provoked.namespace.name,
      fieldSelector: `involvedObject.kind=Workspace,involvedObject.name=${workspace}`,
    });
    const [event] = items;
    expect(event).toMatchObject({ type: 'Warning', reason: 'CrashLoop', reportingComponent: 'guildnet.io/operator' });
    expect(event?.message).toMatch(/exit code 3.*guildnet logs/);
    expect(items).toHaveLength(1);
  });

  test.for([
    ['a login', 401],
    ['a refusal', 403],
    ['no page', 404],
    ['a page', 200],
  ] as const)('what answers `/` with %s runs, and was never restarted', { timeout: 120_000 }, async ([, status]) => {
    const workspace = `answers-${String(status)}`;
    await provoked.launch(
      workspace,
      script(answer(String.raw`HTTP/1.1 ${String(status)} Word\r\nContent-Length: 0\r\n\r\n`)),
    );
    const { podName, lastError } = await provoked.reached(workspace, 'Running');
    expect(lastError).toBeUndefined();
    const pods = provoked.operator.world.pods
      .list()
      .filter(({ metadata }) => metadata?.labels?.[labels.id] === workspace);
    expect(
      pods.map(({ metadata, status: pod }) => [metadata?.name, pod?.containerStatuses?.[0]?.restartCount]),
    ).toEqual([[podName, 0]]);
  });

  test('a failure that is over leaves no trace in the status', { timeout: 120_000 }, async () => {
    await provoked.launch('well', script('echo no; exit 1'));
    await provoked.failure('well', 'CrashLoop');
    await provoked.operator.patch('well', serve);
    const status = await provoked.reached('well', 'Running');
    expect(status.lastError).toBeUndefined();
    expect(status.conditions?.map(({ type, status: value }) => [type, value]).toSorted()).toEqual([
      ['Exposed', 'True'],
      ['ImagePulled', 'True'],
      ['Progressing', 'False'],
      ['Ready', 'True'],
      ['Scheduled', 'True'],
    ]);
  });

  // No failure; it is here because it takes as long as the slowest of them, and they run side by side.
  test('one that nobody uses is stopped when its time is over, which is no failure', { timeout: 200_000 }, async () => {
    const status = await provoked.reached('unused', 'Stopped');
    expect(status.lastError).toBeUndefined();
    const { metadata, spec } = provoked.operator.world.workspaces.get('unused') ?? {};
    expect(spec?.running).toBe(false);
    expect(metadata?.annotations?.['guildnet.io/stop-reason']).toMatch(
      /^Idle: nobody has used it since .*stopAfter 1m/,
    );
  });
});
