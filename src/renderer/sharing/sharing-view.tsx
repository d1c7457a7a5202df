import { createSignal, Show, type JSX } from 'solid-js';
import type { Sharing } from '#contract/shares.ts';
import { useSession } from '../state/session.tsx';
import { HostList } from '../hosts/host-list.tsx';
import { t } from '../words/language.ts';
import { ShareForm } from './share-form.tsx';
import { ShareList } from './share-list.tsx';
import { SharedPlace } from './shared-place.tsx';
import { useShares } from './use-shares.ts';

/** With whom one workspace is shared, where they find it, and the way to share it with others. */
export function SharingView(props: { id: string }): JSX.Element {
  const { platform, world } = useSession();
  const [sharing, setSharing] = createSignal<Sharing>();
  const known = useShares(async (signal) => {
    const { id } = props;
    const found = await platform.host.shares.of({ id }, { signal });
    setSharing(found);
    return found.shares;
  });
  return (
    <div class="min-h-0 flex-1 overflow-y-auto">
      <div class="mx-auto flex w-full max-w-3xl flex-col gap-6 px-6 py-8 max-sm:px-4">
        <Show when={sharing()}>
          {(it) => <SharedPlace sharing={it()} name={world.servers[props.id]?.name ?? props.id} />}
        </Show>
        <Show when={sharing()?.address}>
          <HostList path={`/workspaces/${props.id}`} />
        </Show>
        <section class="flex flex-col gap-2">
          <h2 class="font-medium">{t().sharing.shareThis}</h2>
          <ShareForm id={props.id} onShared={() => known.again()} />
        </section>
        <ShareList known={known} empty={t().sharing.emptyHere} namesWorkspace={false} />
      </div>
    </div>
  );
}
