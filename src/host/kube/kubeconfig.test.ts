import { writeFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadKubeconfig } from './kubeconfig.ts';
import { configuredSource } from './source.ts';
import { temporaryKubeconfig } from './test-kubeconfig.ts';

const kubeconfig = (name: string, user = '{token: t}', more = `current-context: ${name}`): string => `apiVersion: v1
clusters: [{name: ${name}, cluster: {server: "https://${name}.example"}}]
users: [{name: ${name}, user: ${user}}]
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}, namespace: ${name}-ns}}]
${more}
`;

describe('loadKubeconfig', () => {
  test('joins several files; of two with one name the first wins', async () => {
    await using one = await temporaryKubeconfig(kubeconfig('a'));
    await using two = await temporaryKubeconfig(kubeconfig('b'));
    await using three = await temporaryKubeconfig(kubeconfig('a', '{token: other}'));
    const config = await loadKubeconfig([one.path, two.path, three.path].join(delimiter), 'b');
    expect(config.getCurrentCluster()?.server).toBe('https://b.example');
    config.setCurrentContext('a');
    expect(config.getCurrentUser()?.token).toBe('t');
    expect(config.contexts.map((context) => context.name)).toEqual(['a', 'b']);
  });

  test('reads `tokenFile`, which client-node does not know', async () => {
    await using file = await temporaryKubeconfig('');
    const tokenFile = join(file.folder, 'token');
    await writeFile(tokenFile, 'from-file');
    await writeFile(file.path, kubeconfig('a', `{tokenFile: "${tokenFile}"}`));
    const options: { headers?: Record<string, string> } = {};
    await (await loadKubeconfig(file.path)).applyToHTTPSOptions(options);
    expect(options.headers?.['Authorization']).toBe('Bearer from-file');
  });

  test('keeps the CA of a context without a user', async () => {
    await using file =
      await temporaryKubeconfig(`clusters: [{name: c, cluster: {server: "https://c", certificate-authority-data: Q0E=}}]
contexts: [{name: x, context: {cluster: c}}]
current-context: x
`);
    const options: RequestOptions = {};
    await (await loadKubeconfig(file.path)).applyToHTTPSOptions(options);
    expect(options.ca).toEqual(Buffer.from('CA'));
  });

  test('finds certificate files beside itself', async () => {
    await using file = await temporaryKubeconfig('');
    await writeFile(join(file.folder, 'ca.crt'), 'CA');
    await writeFile(
      file.path,
      kubeconfig('a').replace('cluster: {server:', 'cluster: {certificate-authority: ca.crt, server:'),
    );
    expect((await loadKubeconfig(file.path)).getCurrentCluster()?.caFile).toBe(join(file.folder, 'ca.crt'));
  });
});

describe('configuredSource', () => {
  test('KUBECONFIG, whatever is in it', async () => {
    expect(await configuredSource({ KUBECONFIG: '/does/not/exist' })).toEqual({
      kind: 'kubeconfig',
      path: '/does/not/exist',
    });
  });
  test('nothing', async () => {
    expect(await configuredSource({ HOME: '/does/not/exist', KUBECONFIG: '' })).toBeUndefined();
  });
});
