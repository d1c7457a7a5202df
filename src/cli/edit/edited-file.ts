import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file for an editor that nobody else can read. */
export interface EditedFile {
  readonly path: string;
  write(text: string): Promise<void>;
  read(): Promise<string>;
  remove(): Promise<void>;
}

export async function createEditedFile(name: string): Promise<EditedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-edit-'));
  const path = join(folder, `${name}.yaml`);
  return {
    path,
    write: (text) => writeFile(path, text, { mode: 0o600 }),
    read: () => readFile(path, 'utf8'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
