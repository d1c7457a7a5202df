import { createHash } from 'node:crypto';
import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';

/** One layer of an image: a tar on disk, known by the SHA-256 of its content. */
export const layerSchema = z.object({
  diffId: textOf(longest.token).regex(/^sha256:[0-9a-f]{64}$/),
  size: z.number().int().positive(),
});
export type Layer = z.infer<typeof layerSchema> & { file: string };

export interface ImageSettings {
  entrypoint: readonly string[];
  command?: readonly string[];
  /** Numeric `uid:gid`: the kubelet can hold `runAsNonRoot` against nothing else. */
  user: string;
  env: Readonly<Record<string, string>>;
  workingDir: string;
  /** TCP ports. */
  ports?: readonly number[];
}

export interface ImageManifest {
  name: string;
  /** The image's identity: the SHA-256 of its configuration, which names the layers. */
  id: string;
  config: { name: string; content: string };
  manifest: { name: string; content: string };
  layers: { name: string; layer: Layer }[];
}

/** Fixed, so that equal content makes an equal image. */
const created = '2026-01-01T00:00:00Z';

/**
 * The parts of a "docker archive" (github.com/moby/docker-image-spec), which containerd imports: a configuration named by its
 * digest, the layers, and a manifest that ties them to the image's name. Pure.
 */
export function imageLayout(
  name: string,
  settings: ImageSettings,
  layers: readonly Layer[],
  arch: NodeJS.Architecture,
): ImageManifest {
  const config = JSON.stringify({
    architecture: arch === 'x64' ? 'amd64' : arch,
    os: 'linux',
    created,
    config: {
      User: settings.user,
      Env: Object.entries(settings.env).map(([key, value]) => `${key}=${value}`),
      Entrypoint: settings.entrypoint,
      ...(settings.command === undefined ? {} : { Cmd: settings.command }),
      WorkingDir: settings.workingDir,
      ...(settings.ports === undefined
        ? {}
        : { ExposedPorts: Object.fromEntries(settings.ports.map((port) => [`${port}/tcp`, {}])) }),
    },
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map(() => ({ created, created_by: 'guildnet' })),
  });
  const digest = createHash('sha256').update(config).digest('hex');
  const placed = layers.map((layer) => ({ name: `${layer.diffId.slice('sha256:'.length)}/layer.tar`, layer }));
  const manifest = [{ Config: `${digest}.json`, RepoTags: [name], Layers: placed.map((layer) => layer.name) }];
  return {
    name,
    id: `sha256:${digest}`,
    config: { name: `${digest}.json`, content: config },
    manifest: { name: 'manifest.json', content: JSON.stringify(manifest) },
    layers: placed,
  };
}
