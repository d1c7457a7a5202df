import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryKubeconfig } from '#test/kube/kubeconfig.ts';
import { loadKubeconfig } from './load.ts';

const kubeconfig = (name: string, user = '{token: t}', more = `current-context: ${name}`): string => `apiVersion: v1
clusters: [{name: ${name}, cluster: {server: "https://${name}.example"}}]
users: [{name: ${name}, user: ${user}}]
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}, namespace: ${name}-ns}}]
${more}
`;

describe('a list of kubeconfigs', () => {
  test('is one: of two entries with one name the first counts whole, of the current contexts the first', async () => {
    await using one = await temporaryKubeconfig(kubeconfig('a', '{token: t}', ''));
    await using two = await temporaryKubeconfig(kubeconfig('b'));
    await using three = await temporaryKubeconfig(kubeconfig('a', '{tokenFile: other}'));
    const list = [one.path, two.path, three.path].join(delimiter);
    expect(await loadKubeconfig(list)).toMatchObject({
      context: 'b',
      namespace: 'b-ns',
      server: { href: 'https://b.example/' },
    });
    const { user } = await loadKubeconfig(list, 'a');
    expect(user).toMatchObject({ name: 'a', fields: { token: 't' }, file: one.path });
    expect(user.fields.tokenFile).toBeUndefined();
    await expect(loadKubeconfig(list, 'c')).rejects.toThrow('It has: a, b.');
  });

  test('may have files that are missing, empty, or there twice', async () => {
    await using file = await temporaryKubeconfig(kubeconfig('a'));
    await using empty = await temporaryKubeconfig('');
    await using comment = await temporaryKubeconfig('# nothing yet\n');
    const list = ['/does/not/exist', '', empty.path, comment.path, file.path, file.path].join(delimiter);
    expect(await loadKubeconfig(list)).toMatchObject({ context: 'a' });
  });

  test('is refused with one that is broken, which is named', async () => {
    await using file = await temporaryKubeconfig(kubeconfig('a'));
    await using broken = await temporaryKubeconfig('clusters: [');
    await expect(loadKubeconfig([file.path, broken.path].join(delimiter))).rejects.toThrow(broken.path);
  });

  test('has to have one that exists', async () => {
    await expect(loadKubeconfig(['/no/1', '/no/2'].join(delimiter))).rejects.toMatchObject({
      code: 'bad_config',
      message: 'None of the kubeconfigs /no/1, /no/2 exists.',
    });
  });
});

test('paths are relative to the file that names them, and a command without a separator is none', async () => {
  await using file = await temporaryKubeconfig('');
  for (const name of ['ca.crt', 'me.crt', 'me.key', 'token']) await writeFile(join(file.folder, name), 'x');
  const exec = (command: string): string =>
    `{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: ${command}}}`;
  const load = async (user: string): Promise<Awaited<ReturnType<typeof loadKubeconfig>>> => {
    await writeFile(file.path, kubeconfig('a', user).replace('{server:', '{certificate-authority: ca.crt, server:'));
    return loadKubeconfig(file.path);
  };
  const certificates = await load('{client-certificate: ./me.crt, client-key: me.key, tokenFile: token}');
  expect(certificates.cluster.fields['certificate-authority']).toBe(join(file.folder, 'ca.crt'));
  expect(certificates.user.fields).toMatchObject({
    'client-certificate': join(file.folder, 'me.crt'),
    'client-key': join(file.folder, 'me.key'),
    tokenFile: join(file.folder, 'token'),
  });
  expect((await load(exec('bin/login'))).user.fields.exec?.command).toBe(join(file.folder, 'bin/login'));
  expect((await load(exec('login'))).user.fields.exec?.command).toBe('login');
  expect((await load(exec('/opt/login'))).user.fields.exec?.command).toBe('/opt/login');
});

test.each<[string, (text: string) => Buffer | string]>([
  ['a byte order mark', (text) => `\uFEFF${text}`],
  ['UTF-16, as PowerShell writes it', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['CR alone', (text) => text.replaceAll('\n', '\r')],
  [
    'JSON',
    () =>
      JSON.stringify({
        clusters: [{ name: 'a', cluster: { server: 'https://a' } }],
        contexts: [{ name: 'a', context: { cluster: 'a' } }],
        'current-context': 'a',
      }),
  ],
  ['fields that nobody knows', (text) => `${text}what: {is: [this]}\n`],
  ['nulls', (text) => `${text}preferences:\nextensions:\n`],
  ['the words of YAML 1.1', (text) => text.replace('{server:', '{insecure-skip-tls-verify: yes, server:')],
  [
    'a key twice, of which the last counts',
    (text) => text.replace('current-context:', 'current-context: z\ncurrent-context:'),
  ],
  ['a second document, which nobody reads', (text) => `${text}---\ncurrent-context: z\n`],
])('%s is read as kubectl reads it', async (_what, written) => {
  await using file = await temporaryKubeconfig('');
  await writeFile(file.path, written(kubeconfig('a')));
  expect(await loadKubeconfig(file.path)).toMatchObject({ context: 'a' });
});

describe('what cannot be used', () => {
  test.each<[string, string, RegExp]>([
    ['a number for a token', kubeconfig('a', '{token: 12345678}'), /line 3: users\.0\.user\.token .*a text is wanted/],
    [
      'what is no base64',
      kubeconfig('a', '{client-key-data: "-----BEGIN"}'),
      /users\.0\.user\.client-key-data .*base64 is wanted/,
    ],
    ['another kind of object', `kind: Pod\n${kubeconfig('a')}`, /line 1: kind .*Config is wanted/],
    [
      'one name twice',
      kubeconfig('a').replace('users: [', 'users: [{name: a, user: {}}, '),
      /two entries with the name "a"/,
    ],
  ])('%s', async (_what, text, words) => {
    await using file = await temporaryKubeconfig(text);
    await expect(loadKubeconfig(file.path)).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringMatching(words) as string,
      remedy: expect.any(String) as string,
    });
  });

  test('a folder', async () => {
    await using file = await temporaryKubeconfig('');
    await mkdir(join(file.folder, 'd'));
    await expect(loadKubeconfig(join(file.folder, 'd'))).rejects.toThrow(/is a folder/);
  });

  test('a file without end', { timeout: 30_000 }, async () => {
    await expect(loadKubeconfig('/dev/zero')).rejects.toThrow(/larger than 16 MiB/);
  });
});
