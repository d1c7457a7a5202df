import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { listOf, longest, most, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';
import { workspaceApiVersion, workspacePlural } from '#contract/workspace.ts';
import { apiClient } from '../api/api-client.ts';
import type { ClusterPlan, NodePrograms } from '../cluster-plan.ts';
import { localImages } from '../images.ts';
import { runCommand } from '../run-command.ts';
import { wholeName } from './image-name.ts';

/** An image on the node. `loaded`: by a person, with load-image; the others were pulled or came with the cluster. */
export interface NodeImage {
  name: string;
  loaded: boolean;
}

/** The images of one node, by containerd's own client; `ctr` prints names for programs only with `--quiet`. */
export interface NodeImages {
  /** Imports an archive from disk and returns the names of the images in it. */
  load(archive: string): Promise<string[]>;
  list(): Promise<NodeImage[]>;
  /** Removes an image by its name. Rejects with `not_found`, or with `conflict` when it is needed. */
  remove(name: string): Promise<string>;
}

/** What marks an image as loaded, and by which load, so that it is known without reading what `ctr` prints for people. */
const loadedLabel = 'guildnet.io/loaded';

const containerSchema = z.object({ image: textOf(longest.image).optional() });
const podSpecSchema = z.object({
  containers: listOf(containerSchema, most.entries).optional(),
  initContainers: listOf(containerSchema, most.entries).optional(),
});
const objectsSchema = z.object({
  items: listOf(
    z.object({
      metadata: z.object({ name: textOf(longest.name), namespace: textOf(longest.name) }),
      spec: podSpecSchema.extend({ image: textOf(longest.image).optional() }),
    }),
    most.inAList,
  ),
});

export function nodeImages(plan: ClusterPlan, programs: NodePrograms): NodeImages {
  const program = join(programs.containerd, 'ctr');
  const images = (args: readonly string[], doing: string, remedy?: string): Promise<string> =>
    runCommand(
      program,
      ['--address', plan.paths.containerdSocket, '--namespace', 'k8s.io', 'images', ...args],
      remedy === undefined ? { doing } : { doing, remedy },
    );
  const names = async (...filters: string[]): Promise<string[]> => {
    const printed = await images(['list', '--quiet', ...filters], 'Listing the images of the node');
    // The kubelet's runtime keeps each image under its digest besides.
    return printed.split('\n').filter((line) => line !== '' && !line.startsWith('sha256:'));
  };
  const list = async (): Promise<NodeImage[]> => {
    const [all, loaded] = [await names(), new Set(await names(`labels."${loadedLabel}"`))];
    return all.toSorted().map((name) => ({ name, loaded: loaded.has(name) }));
  };
  return {
    list,
    load: async (archive) => {
      const mark = randomUUID();
      await images(
        ['import', '--digests=false', '--label', `${loadedLabel}=${mark}`, archive],
        `Importing ${archive}`,
        'Give a tar as `docker save` or `skopeo copy … oci-archive:` writes it.',
      );
      return await names(`labels."${loadedLabel}"==${mark}`);
    },
    remove: async (given) => {
      const name = wholeName(given);
      if (!(await names()).includes(name))
        throw new GuildNetError('not_found', `The node has no image "${name}".`, {
          remedy: 'See which it has: guildnet cluster images',
        });
      const own: readonly string[] = Object.values(localImages);
      if (own.includes(name))
        throw new GuildNetError('conflict', `The image "${name}" came with the cluster, which needs it.`);
      const user = (await usersOf(plan)).find((one) => one.images.some((image) => wholeName(image) === name));
      if (user !== undefined)
        throw new GuildNetError('conflict', `The image "${name}" is in use by the ${user.what}.`, {
          remedy: 'Delete what uses it first; a stopped workspace needs its image for its next start.',
        });
      await images(['delete', '--sync', name], `Removing ${name}`);
      return name;
    },
  };
}

/** Which images are needed, and by whom: pods, and Workspaces, which need theirs while they are stopped, too. */
async function usersOf(plan: ClusterPlan): Promise<{ what: string; images: string[] }[]> {
  const api = await apiClient(plan);
  const kinds = { workspace: `/apis/${workspaceApiVersion}/${workspacePlural}`, pod: '/api/v1/pods' };
  const found: { what: string; images: string[] }[] = [];
  for (const [kind, path] of Object.entries(kinds)) {
    const { status, body } = await api.get(path);
    // Nobody has installed the resource yet.
    if (status === 404) continue;
    if (status !== 200)
      throw new GuildNetError('cluster_offline', `The cluster does not say which images its ${kind}s use (${status}).`);
    for (const { metadata, spec } of objectsSchema.parse(JSON.parse(body)).items) {
      const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ image }) => image);
      const images = [spec.image, ...containers].filter((image) => image !== undefined);
      found.push({ what: `${kind} ${metadata.name} in namespace ${metadata.namespace}`, images });
    }
  }
  return found;
}
