import type { V1Deployment } from '@kubernetes/client-node';
import { z } from 'zod';
import { cutTextOf, listOf, longest, most } from '#contract/bounded.ts';
import type { Workspace } from '#contract/workspace.ts';
import { containerName } from './desired/container-name.ts';
import { imagePullPolicy } from './desired/image.ts';
import type { EnsureContext } from './ensured.ts';

/**
 * The Workspace with its pull policy settled. A moving tag is pulled each time, except where a node has been given such an image by
 * hand (`guildnet cluster load-image`): no registry has that, and asking one would fail. What was settled for the Deployment's
 * image stays, so that nothing restarts because a node forgot an image.
 */
export async function withPullPolicy(
  { kube, log, signal, workspace }: Pick<EnsureContext, 'kube' | 'log' | 'signal' | 'workspace'>,
  live: V1Deployment | undefined,
): Promise<Workspace> {
  const { image, imagePullPolicy: given } = workspace.spec;
  if (given !== undefined || imagePullPolicy(image) !== 'Always') return workspace;
  const before = live?.spec?.template.spec?.containers.find((one) => one.name === containerName);
  if (before?.image === image) return before.imagePullPolicy === 'IfNotPresent' ? settled(workspace) : workspace;
  try {
    const list = nodesSchema.parse(
      await kube.rest.json('GET', '/api/v1/nodes', { query: { limit: mostNodes }, signal }),
    );
    return isLoaded(list, image) ? settled(workspace) : workspace;
  } catch (error) {
    signal.throwIfAborted();
    // Most likely it may not look at nodes: then the registry is asked, as everywhere.
    log.debug({ err: error }, 'which images the nodes have cannot be seen');
    return workspace;
  }
}

function settled(workspace: Workspace): Workspace {
  return { ...workspace, spec: { ...workspace.spec, imagePullPolicy: 'IfNotPresent' } };
}

/** Images are given by hand to the nodes of small clusters; of others the first page will do. */
const mostNodes = 50;

const nodesSchema = z.object({
  items: listOf(
    z.object({
      status: z
        .object({
          images: listOf(
            z.object({ names: listOf(cutTextOf(longest.url), most.entries).nullish() }),
            most.entries,
          ).nullish(),
        })
        .optional(),
    }),
    most.objects,
  ),
});
type Nodes = z.infer<typeof nodesSchema>;

/**
 * Whether a node has the image and no registry gave it: what was pulled has its digest beside its tag, `name@sha256:…`, and what was
 * loaded from a file has not. A node tells of its fifty largest images only.
 */
export function isLoaded({ items }: Nodes, image: string): boolean {
  const wanted = whole(image);
  return items.some(({ status }) =>
    status?.images?.some(({ names }) => names?.includes(wanted) === true && names.every((name) => !name.includes('@'))),
  );
}

/** The reference as container runtimes complete it: registry, `library`, tag. */
function whole(image: string): string {
  const first = image.split('/')[0] ?? '';
  const hasHost = image.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  const path = hasHost ? image : `docker.io/${image.includes('/') ? '' : 'library/'}${image}`;
  const tagged = /:[^/]*$/.test(path);
  return tagged ? path : `${path}:latest`;
}
