import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { askShell } from './ask-shell.ts';

/** The environment of somebody whose start-up file this is. */
async function setting(profile: string): Promise<{ env: NodeJS.ProcessEnv; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-shell-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, '.bash_profile'), profile);
  return { folder, env: { HOME: folder, SHELL: '/bin/bash', PATH: '/usr/bin:/bin' } };
}

describe.skipIf(process.platform !== 'linux')('the login shell', () => {
  test('tells what its start-up files set, whatever else they print', async () => {
    const { env } = await setting(`echo 'Welcome!'; echo oops >&2
export KUBECONFIG=$HOME/k PATH=$HOME/bin:$PATH MULTI='a
b=c' ASKED=$GUILDNET_RESOLVING_ENVIRONMENT`);
    const told = await askShell({ env });
    expect(told).toMatchObject({ variables: expect.any(Map) as Map<string, string> });
    const { KUBECONFIG, PATH, MULTI, ASKED } = Object.fromEntries('variables' in told ? told.variables : []);
    expect({ KUBECONFIG, PATH, MULTI, ASKED }).toEqual({
      KUBECONFIG: `${env['HOME'] ?? ''}/k`,
      // The system's own start-up files may have put another one behind it.
      PATH: expect.stringMatching(/\/guildnet-shell-\w+\/bin:\//) as string,
      MULTI: 'a\nb=c',
      ASKED: '1',
    });
  });

  test('is ended with all that it started when it hangs', async () => {
    const { env, folder } = await setting('sleep 600 & echo $! > $HOME/pid; wait');
    expect(await askShell({ env, limitMs: 500 })).toEqual({ problem: 'the login shell /bin/bash did not tell (hung)' });
    const pid = (await readFile(join(folder, 'pid'), 'utf8')).trim();
    const state = async (): Promise<string> => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => 'gone');
    await vi.waitUntil(async () => /^gone$|\) [ZX] /.test(await state()));
  });

  test.each([
    ['that ends before it tells', 'exit 0', /did not print its environment/],
    ['that ends badly before it tells', 'exit 3', /did not print its environment/],
  ])('%s says nothing', async (_what, profile, words) => {
    const { env } = await setting(profile);
    expect(await askShell({ env })).toEqual({ problem: expect.stringMatching(words) as string });
  });

  test('that is not there says nothing', async () => {
    const { env } = await setting('');
    const told = await askShell({ env: { ...env, SHELL: '/no/shell' } });
    expect(told).toEqual({ problem: 'the login shell /no/shell did not tell (not-started)' });
  });
});
