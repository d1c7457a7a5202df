import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import { layerEntry, type FileFacts, type Ownership } from './layer-entry.ts';
import { layerSchema, type Layer } from './image-layout.ts';

const layerFile = 'layer.tar';
const layerFacts = 'layer.json';

/** Packs everything below `root` as a layer into `folder`; devices, sockets and pipes are left out. */
export async function writeLayer(root: string, folder: string, ownership: readonly Ownership[] = []): Promise<void> {
  const archive = pack();
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  const written = pipeline(archive, measure, createWriteStream(join(folder, layerFile)));
  const filled = addFolder(archive, root, '', ownership).then(() => archive.finalize());
  await Promise.all([written, filled.catch((error: Error) => archive.destroy(error))]);
  await writeFile(join(folder, layerFacts), JSON.stringify({ diffId: `sha256:${hash.digest('hex')}`, size }));
}

/** The layer that writeLayer left in `folder`. */
export async function readLayer(folder: string): Promise<Layer> {
  const facts = layerSchema.parse(JSON.parse(await readFile(join(folder, layerFacts), 'utf8')));
  return { ...facts, file: join(folder, layerFile) };
}

async function addFolder(archive: Pack, root: string, below: string, ownership: readonly Ownership[]): Promise<void> {
  for (const name of (await readdir(join(root, below))).toSorted()) {
    const path = below === '' ? name : `${below}/${name}`;
    const facts = await factsOf(root, path);
    if (facts === undefined) continue;
    const header = layerEntry(facts, ownership);
    if (facts.kind === 'file') {
      await pipeline(createReadStream(join(root, path)), archive.entry(header));
    } else {
      await new Promise<void>((resolve, reject) => {
        archive.entry(header, '', (error) => (error ? reject(error) : resolve()));
      });
    }
    if (facts.kind === 'directory') await addFolder(archive, root, path, ownership);
  }
}

async function factsOf(root: string, path: string): Promise<FileFacts | undefined> {
  const full = join(root, path);
  const { mode, size, ...stat } = await lstat(full).then((found) => ({
    mode: found.mode,
    size: found.size,
    file: found.isFile(),
    directory: found.isDirectory(),
    symlink: found.isSymbolicLink(),
  }));
  if (stat.file) return { path, kind: 'file', mode, size };
  if (stat.directory) return { path, kind: 'directory', mode, size };
  return stat.symlink ? { path, kind: 'symlink', mode, size, target: await readlink(full) } : undefined;
}
