import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { guildnet, guildnetIn } from '#test/guildnet.ts';
import type { Ran } from '#test/guildnet.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import { namespaceTest } from '#test/namespace.ts';

// A dozen processes, one after another.
vi.setConfig({ testTimeout: 600_000 });
const patience = { timeout: 60_000, interval: 100 };

namespaceTest(
  'a workspace is edited, what it would restart is said, and what is refused is kept',
  async ({ namespace }) => {
    await using host = await startHeadlessHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
    const folder = await mkdtemp(join(tmpdir(), 'guildnet-editor-'));
    /** Edits with a program of sed, as an editor would. */
    const edited = async (sed: string, ...args: string[]): Promise<Ran> => {
      const editor = join(folder, 'editor');
      await writeFile(editor, `#!/bin/sh\nexec sed -i '${sed}' "$1"\n`, { mode: 0o755 });
      return guildnetIn({ GUILDNET_HOME: host.home, EDITOR: editor, TMPDIR: folder }, 'edit', 'box', ...args);
    };
    try {
      const run = (...args: string[]) => guildnet(host.home, ...args);
      await vi.waitFor(async () => expect((await run('status')).stdout).toContain('online'), patience);
      const launched = await run('launch', 'alpine:1', '--name', 'box', '--no-wait', '--json');
      const { id } = JSON.parse(launched.stdout) as { id: string };

      expect(await edited('')).toEqual({ code: 0, stdout: `${id} is as it was\n`, stderr: '' });

      const changed = await edited('s/alpine:1/alpine:2/');
      expect(changed).toMatchObject({ code: 0, stdout: expect.stringContaining('spec.image') as string });
      expect(changed.stderr).toContain('Another pod is needed for: spec.image');
      expect((await run('describe', 'box')).stdout).toContain('image: alpine:2');

      const refused = await edited('s/image: .*/image: "not an image"/');
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      const [, kept = ''] = /What you wrote is kept in (\S+\.yaml)\./.exec(refused.stderr) ?? [];
      expect(await readFile(kept, 'utf8')).toContain('image: "not an image"');
      expect((await stat(kept)).mode & 0o777).toBe(0o600);

      // The same each time it is opened: another text would be tried again, for ever.
      const unknown = await edited('/^  imag: x/d;s/^spec:/spec:\\n  imag: x/');
      expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('Unrecognized key: "imag"') as string });

      // Nobody can be asked.
      expect(await edited('s/alpine:2/alpine:3/', '--restart')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('--yes') as string,
      });
      const restarted = await edited('s/alpine:2/alpine:3/', '--restart', '--yes', '--json');
      expect(JSON.parse(restarted.stdout)).toMatchObject({ changed: ['spec.image'], dry_run: false });
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
