import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import { changeConfigFile } from '#host/config/write-config.ts';
import { replacePrivately } from '#host/private-file.ts';
import { tailnetConfig } from '#host/tailnet/tailnet-config.ts';
import type { InitSettings } from './ask-settings.ts';

/**
 * Writes the settings into the configuration file of this home, and the key to the tailnet into a file of its own beside it, both for
 * their owner alone: people show each other their configuration. Throws `bad_config` for what a host would refuse, and then nothing is
 * written.
 */
export async function writeSettings(
  home: string,
  { authKey, ...settings }: InitSettings,
): Promise<{ file: string; keyFile?: string }> {
  if (authKey === '')
    throw new GuildNetError('bad_config', 'The key is empty.', { remedy: 'Leave it out to log in by a browser.' });
  await tailnetConfig(authKey === undefined ? {} : { TS_AUTHKEY: authKey }, settings);
  if (authKey === undefined) return { file: await changeConfigFile(home, settings) };
  const keyFile = join(home, 'tailnet-auth-key');
  const file = await changeConfigFile(home, { ...settings, tailnetAuthKeyFile: keyFile });
  await mkdir(home, { recursive: true, mode: 0o700 });
  await replacePrivately(keyFile, `${authKey}\n`);
  return { file, keyFile };
}
