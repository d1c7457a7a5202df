import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { guildnet, guildnetIn } from '#test/guildnet.ts';
import { startHeadlessHost } from '#test/headless-host.ts';

// It starts processes: quick on a quiet machine, and never to be judged by time on a busy one.
vi.setConfig({ testTimeout: 300_000 });

test('presets are listed, added, edited, removed and reset on the command line, without a cluster', async () => {
  await using host = await startHeadlessHost({});
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-editor-'));
  const said = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await guildnet(host.home, 'presets', ...args);
    expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
    return stdout;
  };
  try {
    expect(await said()).toMatch(/^LABEL +SOURCE +IMAGE\ncode-server +offered +\S+code-server:/);
    expect(
      await said('add', 'My Notes', 'ghcr.io/me/notes:1', '--port', '3000:web', '--env', 'A=1', '--home-path', '/data'),
    ).toBe('My Notes added\n');
    const list = JSON.parse(await said('--json')) as { label: string }[];
    expect(list.at(-1)).toMatchObject({
      label: 'My Notes',
      image: 'ghcr.io/me/notes:1',
      ports: [{ port: 3000, name: 'web' }],
      env: { A: '1' },
      home: { mountPath: '/data' },
      source: 'own',
    });

    const editor = join(folder, 'editor');
    await writeFile(editor, '#!/bin/sh\nexec sed -i s/notes:1/notes:2/ "$1"\n', { mode: 0o755 });
    const env = { GUILDNET_HOME: host.home, EDITOR: editor, TMPDIR: folder };
    expect(await guildnetIn(env, 'presets', 'edit', 'My Notes')).toEqual({
      code: 0,
      stdout: 'My Notes is changed\n',
      stderr: '',
    });
    expect(await said('-o', 'name')).toBe('code-server\nJupyterLab\nMy Notes\n');

    expect(await said('remove', 'code-server')).toBe('code-server removed\n');
    expect(await said()).toMatch(/\ncode-server +hidden /);
    expect(await said('reset', 'code-server')).toMatch(/^code-server is \S+ again\n$/);
    await said('rm', 'My Notes');
    const again = await guildnet(host.home, 'presets', 'rm', 'My Notes');
    expect(again).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no preset "My Notes"') as string,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
