import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Document, parseDocument } from 'yaml';
import { readIfThere, replacePrivately } from '../private-file.ts';
import { configFileIn } from './config-file.ts';
import { checkConfigText } from './config.ts';

/** Settings of the configuration file by their keys; undefined takes one out. */
export type ConfigChanges = Readonly<Record<string, unknown>>;

const header = ' The settings of GuildNet. `guildnet config` shows those that count, and where each comes from.';

/** The text of a configuration file with these changes; all else in it stays as it was written, comments included. Pure. */
export function changedConfigText(text: string | undefined, changes: ConfigChanges): string {
  const document = text === undefined ? new Document({}) : parseDocument(text);
  if (text === undefined) document.commentBefore = header;
  // An empty file, or one of comments alone.
  document.contents ??= document.createNode({});
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) document.delete(key);
    else document.set(key, value);
  }
  return document.toString();
}

/**
 * Changes the configuration file of a home folder, or makes it, so that only its owner can read it. Throws `bad_config` for what cannot
 * be used, and then nothing has changed. Resolves with the file's path.
 */
export async function changeConfigFile(home: string, changes: ConfigChanges): Promise<string> {
  const path = configFileIn(home);
  const before = await readIfThere(path);
  if (before !== undefined) checkConfigText(before, home);
  const text = changedConfigText(before, changes);
  checkConfigText(text, home);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await replacePrivately(path, text);
  return path;
}
