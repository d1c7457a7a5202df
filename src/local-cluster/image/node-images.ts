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
  /** It came with the cluster, which needs it. */
  own: boolean;
  /** Bytes, unpacked, as the kubelet says of its largest ones. */
  size?: number;
  /** What needs it, in words. */
  usedBy: string[];
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

const own: readonly string[] = Object.values(localImages);

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
    const [users, sizes] = await Promise.all([usersOf(plan), sizesOf(plan)]);
    const usedBy = Map.groupBy(
      users.flatMap(({ what, images: used }) => [...new Set(used.map(wholeName))].map((image) => ({ what, image }))),
      ({ image }) => image,
    );
    return all.toSorted().map((name) => {
      const size = sizes.get(name);
      return {
        name,
        loaded: loaded.has(name),
        own: own.includes(name),
        ...(size === undefined ? {} : { size }),
        usedBy: (usedBy.get(name) ?? []).map(({ what }) => what),
      };
    });
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

/** A Node's `status.images`; without more words the kubelet tells of the fifty largest (nodeStatusMaxImages). */
const nodesSchema = z.object({
  items: listOf(
    z.object({
      status: z.object({
        images: listOf(
          z.object({ names: listOf(textOf(longest.image), 256).nullish(), sizeBytes: z.int().min(0).optional() }),
          most.inAList,
        ).optional(),
      }),
    }),
    most.entries,
  ),
});

/** How large the images are, by each of their names. Empty where the cluster does not say. */
async function sizesOf(plan: ClusterPlan): Promise<Map<string, number>> {
  const { status, body } = await (await apiClient(plan)).get('/api/v1/nodes');
  if (status !== 200) return new Map();
  const found = nodesSchema.parse(JSON.parse(body)).items.flatMap(({ status: { images = [] } }) => images);
  return new Map(
    found.flatMap(({ names, sizeBytes }) =>
      sizeBytes === undefined ? [] : (names ?? []).map((name) => [name, sizeBytes] as const),
    ),
  );
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
