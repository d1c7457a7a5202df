import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { provoke, script } from '#test/failures/provoke.ts';
import type { Provocation } from '#test/failures/provoke.ts';
import { createAuthority, openAuthority } from '../../certs/authority.ts';

/** What a remedy says is done to the letter, and nothing else, and then the workspace runs. */

const page = 'mkdir -p /tmp/w; echo hi > /tmp/w/index.html';
const answer = (text: string): string => `nc -ll -p 8080 -e /bin/sh -c 'read x; printf "${text}"; sleep 0.3'`;
const failing = answer(String.raw`HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n`);
const onPodAddress = (address: string): Partial<WorkspaceSpec> =>
  script(`${page}; exec httpd -f -p ${address}8080 -h /tmp/w`);
const tls = `require('https').createServer({key:process.env.KEY,cert:process.env.CERT},(q,s)=>s.end('ok')).listen(3000)`;
const node = { image: 'guildnet.local/code-server:4.139.1', command: ['/opt/node/bin/node', '-e'] };

type Case = [
  name: string,
  reason: string,
  spec: Partial<WorkspaceSpec>,
  message: RegExp,
  remedy: RegExp,
  change: Partial<WorkspaceSpec>,
];

const cases: readonly Case[] = [
  [
    'own-port',
    'PortNotOpen',
    script(`${page}; exec httpd -f -p 1880 -h /tmp/w`),
    /port 8080/,
    /Name the port that it listens on in spec\.ports/,
    { ports: [{ containerPort: 1880 }] },
  ],
  [
    'own-loopback',
    'PortNotOpen',
    script(`${page}; exec httpd -f -p \${BIND:-127.0.0.1}:8080 -h /tmp/w`),
    /port 8080/,
    /listen on all addresses \(0\.0\.0\.0\)/,
    { env: [{ name: 'BIND', value: '0.0.0.0' }] },
  ],
  [
    'no-port',
    'PortNotOpen',
    script('sleep 10000'),
    /port 8080/,
    /`none` if it has no port/,
    { probe: { kind: 'none' } },
  ],
  [
    'pod-address',
    'PodAddressOnly',
    onPodAddress('$(hostname -i):'),
    /8080 of the pod's own address/,
    /0\.0\.0\.0/,
    onPodAddress('0.0.0.0:'),
  ],
  [
    'tls',
    'SpeaksTls',
    { ...node, args: [tls], ports: [{ containerPort: 3000 }] },
    /HTTPS on port 3000/,
    /Name that port `https`/,
    { ports: [{ containerPort: 3000, name: 'https' }] },
  ],
  [
    'no-tls',
    'SpeaksNoTls',
    { ...script(`${page}; exec httpd -f -p 8443 -h /tmp/w`), ports: [{ containerPort: 8443 }] },
    /plain HTTP on port 8443/,
    /Name that port `http`/,
    { ports: [{ containerPort: 8443, name: 'http' }] },
  ],
  [
    'errors',
    'AnswersServerError',
    script(failing),
    /status 500/,
    /set spec\.probe\.kind to `tcp`/,
    { probe: { kind: 'tcp' } },
  ],
  [
    'silence',
    'AnswersTooLate',
    script('nc -ll -p 8080 -e sleep 60'),
    /in time/,
    /to `tcp` if it never answers/,
    { probe: { kind: 'tcp' } },
  ],
  [
    'greeting',
    'DoesNotSpeakHttp',
    script(answer(String.raw`hello\n`)),
    /does not speak HTTP/,
    /`tcp`/,
    { probe: { kind: 'tcp' } },
  ],
  [
    'no-home',
    'HomeNotWritable',
    {
      ...script(`set -e; mkdir $HOME/.app; ${page}; exec httpd -f -p 8080 -h /tmp/w`),
      env: [{ name: 'HOME', value: '/' }],
    },
    /Permission denied/,
    /Set HOME .* \(--env HOME=\/tmp\)/,
    { env: [{ name: 'HOME', value: '/tmp' }] },
  ],
];

describe.concurrent('remedies, followed to the letter', () => {
  let provoked: Provocation;
  beforeAll(async () => {
    provoked = await provoke();
    const pair = await openAuthority(await createAuthority()).issue(['localhost']);
    const env = [
      { name: 'KEY', value: pair.key },
      { name: 'CERT', value: pair.cert },
    ];
    await Promise.all(cases.map(([name, , spec]) => provoked.launch(name, name === 'tls' ? { ...spec, env } : spec)));
  });
  afterAll(() => provoked[Symbol.asyncDispose]());

  test.for(cases)('%s: %s', { timeout: 240_000 }, async ([name, reason, , message, remedy, change]) => {
    const { failure } = await provoked.failure(name, reason, message);
    expect(failure.remedy).toMatch(remedy);
    await provoked.operator.patch(name, change);
    expect((await provoked.reached(name, 'Running')).lastError).toBeUndefined();
  });

  test('a program that obeys PORT needs no remedy, whatever its port', { timeout: 120_000 }, async () => {
    await provoked.launch('obeys', {
      ...script(`${page}; exec httpd -f -p $PORT -h /tmp/w`),
      ports: [{ containerPort: 1880 }],
    });
    await provoked.reached('obeys', 'Running');
  });
});
