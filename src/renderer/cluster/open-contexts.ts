import { createResource, type Accessor } from 'solid-js';
import type { KubeContext } from '#contract/contexts.ts';
import { useSession } from '../state/session.tsx';

/** The contexts of the host's kubeconfig, asked for again when any may be another; none where they are not for whoever looks. */
export function createContexts(): Accessor<readonly KubeContext[]> {
  const { platform, world, whyNot } = useSession();
  const [contexts] = createResource(
    () =>
      whyNot('host') === undefined &&
      `${world.cluster?.context ?? ''} ${world.cluster?.phase ?? ''} ${String(world.contextChanges)}`,
    () => platform.host.cluster.contexts(),
  );
  return () => (contexts.state === 'ready' || contexts.state === 'refreshing' ? (contexts.latest ?? []) : []);
}
