import { chmod, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { connectKube } from './kube.ts';
import { temporaryKubeconfig } from '#test/kube/kubeconfig.ts';

/** What connecting to this kubeconfig ends with; `%FOLDER%` in it becomes its own folder. */
async function failureOf(text: string, files: Record<string, string> = {}): Promise<GuildNetError> {
  await using file = await temporaryKubeconfig('');
  await writeFile(file.path, text.replaceAll('%FOLDER%', file.folder));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(file.folder, name), content);
    await chmod(join(file.folder, name), 0o755);
  }
  try {
    const kube = await connectKube({ kind: 'kubeconfig', path: file.path });
    kube.close();
  } catch (error) {
    if (error instanceof GuildNetError) return error;
    throw error;
  }
  throw new Error('it connected');
}

function kubeconfig(server: string, user = '{}'): string {
  return `apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "${server}"}}]
users: [{name: u, user: ${user}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
`;
}

async function listening(server: Server): Promise<{ port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a kubeconfig that cannot be used', () => {
  const cases: [string, string, RegExp][] = [
    ['broken YAML', 'clusters: [\n  {name: c\nusers: }', /line 3.*not YAML/],
    ['no mapping', '- just\n- a list\n', /not what a kubeconfig has/],
    ['a wrong type', 'apiVersion: v1\nclusters:\n  - name: c\n    cluster: text\n', /line 4: clusters\.0\.cluster/],
    [
      'a server of another protocol',
      kubeconfig('ftp://cluster.example'),
      /line 3: server of the cluster "c".*https:\/\//,
    ],
    [
      'a context that is not there',
      kubeconfig('https://127.0.0.1:1').replace('current-context: x', 'current-context: z'),
      /no context "z".*It has: x/,
    ],
    [
      'a cluster that is not there',
      kubeconfig('https://127.0.0.1:1').replace('cluster: c,', 'cluster: d,'),
      /names the cluster "d"/,
    ],
    [
      'a user who is not there',
      kubeconfig('https://127.0.0.1:1').replace('user: u}', 'user: v}'),
      /names the user "v"/,
    ],
    [
      'a client certificate file that is gone',
      kubeconfig('https://127.0.0.1:1', '{client-certificate: gone.crt, client-key: gone.key}'),
      /gone\.crt, which does not exist/,
    ],
    [
      'a client certificate that is none',
      kubeconfig('https://127.0.0.1:1', '{client-certificate-data: aGFsbG8=, client-key-data: aGFsbG8=}'),
      /certificate or key.*cannot be read/,
    ],
  ];
  test.for(cases)('%s', async ([, text, words]) => {
    const error = await failureOf(text);
    expect(error).toMatchObject({ code: 'bad_config', message: expect.stringMatching(words) as string });
    expect(error.remedy).toBeDefined();
  });

  test('a file that does not exist', async () => {
    await expect(connectKube({ kind: 'kubeconfig', path: '/does/not/exist' })).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringContaining('/does/not/exist') as string,
    });
  });

  test('no current context', async () => {
    expect(await failureOf('apiVersion: v1\nkind: Config\nclusters: []\n')).toMatchObject({ code: 'no_cluster' });
  });

  test('never shows a value of the file', async () => {
    const error = await failureOf('users:\n  - name: u\n    user: {token: [s3cret-token]}\n');
    expect(`${error.message} ${error.remedy ?? ''} ${JSON.stringify(error.details)}`).not.toContain('s3cret');
    const broken = await failureOf('users: [{name: u, user: {token: s3cret-token}\n');
    expect(`${broken.message} ${JSON.stringify(broken.details)}`).not.toContain('s3cret');
  });
});

describe('a cluster that does not answer', () => {
  test('refused', async () => {
    const port = await (async () => {
      await using server = await listening(createServer());
      return server.port;
    })();
    expect(await failureOf(kubeconfig(`https://127.0.0.1:${port}`))).toMatchObject({
      code: 'cluster_offline',
      message: expect.stringContaining('the connection was refused') as string,
    });
  });

  test('a name that nobody knows', async () => {
    const error = await failureOf(kubeconfig('https://no-such-host.invalid:6443'));
    expect(error).toMatchObject({ code: 'cluster_offline', message: expect.stringContaining('DNS') as string });
  });

  test('a port where nobody speaks TLS', async () => {
    await using server = await listening(createHttpServer((_request, response) => response.end('hello')));
    expect(await failureOf(kubeconfig(`https://127.0.0.1:${server.port}`))).toMatchObject({
      code: 'cluster_offline',
      message: expect.stringContaining('does not speak TLS') as string,
    });
  });

  test('one that accepts and says nothing is given up in seconds', { timeout: 10_000 }, async () => {
    await using server = await listening(createServer());
    expect(await failureOf(kubeconfig(`https://127.0.0.1:${server.port}`))).toMatchObject({
      code: 'cluster_offline',
      message: expect.stringContaining('within 5 s') as string,
    });
  });

  test('something else than Kubernetes', async () => {
    await using server = await listening(createHttpServer((_request, response) => response.end('<html>hello</html>')));
    expect(await failureOf(kubeconfig(`http://127.0.0.1:${server.port}`))).toMatchObject({
      code: 'cluster_offline',
      message: expect.stringContaining('not as a Kubernetes API server') as string,
    });
  });
});

describe('credentials from a program', () => {
  const exec = (command: string): string =>
    kubeconfig(
      'https://127.0.0.1:1',
      `{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: "${command}"}}`,
    );

  test('that is not installed', async () => {
    expect(await failureOf(exec('guildnet-no-such-program'))).toMatchObject({
      code: 'cluster_unauthorized',
      message: expect.stringContaining('"guildnet-no-such-program", which cannot be started') as string,
    });
  });

  test.skipIf(process.platform === 'win32')('that fails, in its own words and without its secrets', async () => {
    const error = await failureOf(exec('%FOLDER%/plugin'), {
      plugin: `#!/bin/sh\necho "session expired for eyJhbGciOiJSUzI1NiIsImtpZCI6IjEyMzQ1Njc4OTAifQ" >&2\nexit 3\n`,
    });
    expect(error).toMatchObject({
      code: 'cluster_unauthorized',
      message: expect.stringContaining('session expired for …') as string,
    });
  });

  test.skipIf(process.platform === 'win32')('that answers nonsense', async () => {
    expect(await failureOf(exec('%FOLDER%/plugin'), { plugin: '#!/bin/sh\necho hello\n' })).toMatchObject({
      code: 'cluster_unauthorized',
    });
  });
});
