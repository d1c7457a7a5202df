import { readFile, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { guildnetWith } from './cli/run.ts';

const file = (name: string): URL => new URL(`../build/krew/${name}`, import.meta.url);

test('the manifest is what Krew takes, once a release has filled it in', async () => {
  const text = (await readFile(file('guildnet.yaml'), 'utf8'))
    .replaceAll(
      /\{\{addURIAndSha "([^"]+)" \.TagName \}\}/g,
      (_all, uri: string) => `uri: ${uri}\n      sha256: ${'a'.repeat(64)}`,
    )
    .replaceAll('{{ .TagName }}', 'v1.2.3');
  const manifest = parse(text) as { spec: { version: string; shortDescription: string; platforms: object[] } };
  expect(manifest).toMatchObject({ kind: 'Plugin', metadata: { name: 'guildnet' }, spec: { version: 'v1.2.3' } });
  // Krew's own bound for one line of its list.
  expect(manifest.spec.shortDescription.length).toBeLessThanOrEqual(50);
  for (const platform of manifest.spec.platforms)
    expect(platform).toMatchObject({
      uri: expect.stringMatching(/^https:.*v1\.2\.3.*\.tar\.gz$/) as string,
      sha256: expect.stringMatching(/^a{64}$/) as string,
      bin: 'kubectl-guildnet',
    });
});

test.runIf(process.platform !== 'win32')('what kubectl starts can be started', async () => {
  expect((await stat(file('kubectl-guildnet'))).mode & 0o111).not.toBe(0);
});

test('as a plugin it is called as it is typed', async () => {
  const env = { GUILDNET_INVOKED_AS: 'kubectl guildnet' };
  const { code, stdout } = await guildnetWith(env, 'ls', '--help');
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: kubectl guildnet ls');
  expect(stdout).toContain('$ kubectl guildnet ls');
  expect(stdout).not.toMatch(/\$ guildnet /);
  expect((await guildnetWith({}, 'ls', '--help')).stdout).toContain('$ guildnet ls');
});
