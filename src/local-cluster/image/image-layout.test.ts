import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageLayout } from './image-layout.ts';
import { layerEntry } from './layer-entry.ts';
import { writeImage } from './write-image.ts';
import { readLayer, writeLayer } from './write-layer.ts';

const settings = { entrypoint: ['/a'], user: '1000:1000', env: { HOME: '/h' }, workingDir: '/h', ports: [8080] };
const layer = { diffId: `sha256:${'ab'.repeat(32)}`, size: 10, file: '/f' };

describe('imageLayout', () => {
  const image = imageLayout('x.test/y:1', settings, [layer], 'x64');
  it('names the configuration by its digest, and the layers in the manifest', () => {
    expect(image.config.name).toBe(`${image.id.slice('sha256:'.length)}.json`);
    expect(JSON.parse(image.manifest.content)).toEqual([
      { Config: image.config.name, RepoTags: ['x.test/y:1'], Layers: [`${'ab'.repeat(32)}/layer.tar`] },
    ]);
    expect(JSON.parse(image.config.content)).toMatchObject({
      architecture: 'amd64',
      config: {
        User: '1000:1000',
        Env: ['HOME=/h'],
        Entrypoint: ['/a'],
        WorkingDir: '/h',
        ExposedPorts: { '8080/tcp': {} },
      },
      rootfs: { diff_ids: [layer.diffId] },
    });
  });
  it('is the same image for the same content, another for another', () => {
    expect(imageLayout('other:1', settings, [layer], 'x64').id).toBe(image.id);
    expect(imageLayout('x.test/y:1', { ...settings, user: '0:0' }, [layer], 'x64').id).not.toBe(image.id);
    expect(imageLayout('x.test/y:1', settings, [layer], 'arm64').id).not.toBe(image.id);
  });
});

describe('layerEntry', () => {
  const file = { path: 'usr/bin/su', kind: 'file', mode: 0o104755, size: 3 } as const;
  it('keeps no set-user-id bit, no time and no owner of this machine', () => {
    expect(layerEntry(file, [])).toEqual({
      name: 'usr/bin/su',
      type: 'file',
      mode: 0o755,
      uid: 0,
      gid: 0,
      mtime: new Date(0),
      size: 3,
    });
  });
  it('keeps the sticky bit of a folder', () => {
    expect(layerEntry({ path: 'tmp', kind: 'directory', mode: 0o41777, size: 4096 }, [])).toMatchObject({
      name: 'tmp/',
      mode: 0o1777,
      size: 0,
    });
  });
  it.each([
    ['home/coder', 1000],
    ['home/coder/x', 1000],
    ['home/coder2', 0],
    ['home', 0],
  ])('gives %s to user %d', (path, uid) => {
    expect(layerEntry({ ...file, path }, [{ path: 'home/coder', uid: 1000, gid: 1000 }]).uid).toBe(uid);
  });
});

describe('writeLayer and writeImage', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guildnet-image-'));
    await mkdir(join(folder, 'root', 'bin'), { recursive: true });
    await writeFile(join(folder, 'root', 'bin', 'tool'), 'content', { mode: 0o755 });
    await writeFile(join(folder, 'root', 'empty'), '');
    await symlink('tool', join(folder, 'root', 'bin', 'link'));
    for (const copy of ['one', 'two']) {
      await mkdir(join(folder, copy));
      await writeLayer(join(folder, 'root'), join(folder, copy));
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('make the same layer of the same files, and an archive with all in it', async () => {
    const one = await readLayer(join(folder, 'one'));
    expect((await readLayer(join(folder, 'two'))).diffId).toBe(one.diffId);

    const stream = new PassThrough();
    const entries = entriesOf(stream);
    const image = imageLayout('x:1', settings, [one], 'x64');
    await writeImage(image, stream);
    expect((await entries).map(({ name }) => name)).toEqual([
      image.config.name,
      image.layers[0]?.name,
      'manifest.json',
    ]);
    const inner = new PassThrough();
    inner.end((await entries)[1]?.content);
    expect((await entriesOf(inner)).map(({ name, content }) => [name, content.toString()])).toEqual([
      ['bin/', ''],
      ['bin/link', ''],
      ['bin/tool', 'content'],
      ['empty', ''],
    ]);
  });

  it('fail when a layer is gone', async () => {
    const image = imageLayout('x:1', settings, [{ ...layer, file: join(folder, 'gone') }], 'x64');
    await expect(writeImage(image, new PassThrough().resume())).rejects.toThrow('ENOENT');
  });
});

async function entriesOf(stream: PassThrough): Promise<{ name: string; content: Buffer }[]> {
  const found: { name: string; content: Buffer }[] = [];
  for await (const entry of stream.pipe(extract())) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    found.push({ name: entry.header.name, content: Buffer.concat(chunks) });
  }
  return found;
}
