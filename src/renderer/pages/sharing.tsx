import { createResource, createSignal, Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { shareDrafts } from '../sharing/share-drafts.ts';
import { ShareForm } from '../sharing/share-form.tsx';
import { ShareList } from '../sharing/share-list.tsx';
import { SharedPlace } from '../sharing/shared-place.tsx';
import { useShares } from '../sharing/use-shares.ts';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Which workspaces are shared with whom, until when, and the way to share another: `guildnet share` as a page. */
export function SharingPage(): JSX.Element {
  const { platform, servers, whyNot } = useSession();
  const known = useShares((signal) => platform.host.shares.list(undefined, { signal }));
  // What was begun and not sent is open again.
  const [isAdding, setAdding] = createSignal(shareDrafts('').read() !== undefined);
  const [shared, setShared] = createSignal<string>();
  const choices = (): string[] =>
    servers()
      .filter((server) => server.phase !== 'Terminating' && whyNot('share', server) === undefined)
      .map(({ id }) => id);

  return (
    <Page
      title={t().sharing.title}
      lead={t().sharing.lead}
      actions={
        <Show when={choices().length > 0}>
          <button type="button" class="button" aria-expanded={isAdding()} onClick={() => setAdding(!isAdding())}>
            <Icon name="share" />
            {t().sharing.share}
          </button>
        </Show>
      }
    >
      <div class="flex flex-col gap-6">
        <Show when={isAdding()}>
          <ShareForm
            choices={choices()}
            onCancel={() => setAdding(false)}
            onShared={(share) => {
              setAdding(false);
              setShared(share.workspace);
              known.again();
            }}
          />
        </Show>
        <Show when={shared()} keyed>
          {(id) => <JustShared id={id} />}
        </Show>
        <ShareList
          known={known}
          empty={
            choices().length > 0 || known.shares.length > 0
              ? t().sharing.empty
              : `${t().sharing.empty} ${t().sharing.none}`
          }
          namesWorkspace
        />
      </div>
    </Page>
  );
}

/** What is to be sent now. */
function JustShared(props: { id: string }): JSX.Element {
  const { platform, world } = useSession();
  const [sharing] = createResource(() => platform.host.shares.of({ id: props.id }));
  return (
    <>
      <Show when={sharing.state === 'errored'}>
        <ProblemNote {...toShownProblem(sharing.error)} alert />
      </Show>
      <Show when={sharing.state === 'ready' && sharing()}>
        {(it) => <SharedPlace sharing={it()} name={world.servers[props.id]?.name ?? props.id} />}
      </Show>
    </>
  );
}
