import { createMemo, For, onCleanup, Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import type { Deletion, UndoOffer } from './deletions.ts';

/** What was deleted a moment ago, with the way back, below the page: nothing of it can stand over a view of the desktop. */
export function UndoBar(): JSX.Element {
  const { undo } = useSession();
  const keys = createMemo(() => undo.offers().map(({ key }) => key));
  const offerOf = (key: number): UndoOffer | undefined => undo.offers().find((one) => one.key === key);
  return (
    <>
      <Show when={keys().length > 0}>
        <section aria-label={t().undo.title} class="shrink-0 bg-surface">
          <For each={keys()}>
            {(key) => <Show when={offerOf(key)}>{(offer) => <Offer key={key} offer={offer()} />}</Show>}
          </For>
        </section>
      </Show>
      <Told offer={undo.offers().at(-1)} />
    </>
  );
}

/** For screen readers, the newest offer alone. It is there before it has anything to say, or they would not be told of the first one. */
function Told(props: { offer: UndoOffer | undefined }): JSX.Element {
  const { shortcuts } = useSession();
  const way = (): string => {
    const key = shortcuts.words('undo');
    return key === undefined ? '' : `${t().undo.undo}: ${key}`;
  };
  const text = (offer: UndoOffer): string =>
    offer.isWanted ? t().undo.comingBack : `${saidOf(offer.deletions)} ${way()}`;
  return (
    <p role="status" class="sr-only">
      <Show when={props.offer}>{(offer) => text(offer())}</Show>
    </p>
  );
}

function Offer(props: { key: number; offer: UndoOffer }): JSX.Element {
  const { actions, shortcuts, undo } = useSession();
  const deletions = (): readonly Deletion[] => props.offer.deletions;
  const only = (): Deletion | undefined => (deletions().length === 1 ? deletions()[0] : undefined);
  const failed = (): Deletion | undefined =>
    deletions().find(({ id }) => actions.state.homes.problems[id] !== undefined);
  const isComing = (): boolean => props.offer.isWanted && failed() === undefined;
  const hold = (isHeld: boolean): void => undo.hold(props.key, isHeld);
  let line: HTMLDivElement | undefined;

  // Where the focus was in it, it goes on in the page, and not at the window's top.
  onCleanup(() => {
    if (line?.contains(document.activeElement)) document.getElementById('main')?.focus({ preventScroll: true });
  });

  return (
    <div
      ref={(element) => (line = element)}
      class="border-t border-line"
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocusIn={() => hold(true)}
      onFocusOut={() => hold(false)}
    >
      <div class="flex min-h-11 items-center gap-3 px-4 py-1.5">
        <p class="min-w-0 flex-1 wrap-anywhere">{saidOf(deletions())}</p>
        <Show when={isComing()}>
          <p class="flex items-center gap-2 text-muted">
            <span class="spinner" /> {t().undo.comingBack}
          </p>
        </Show>
        <Show when={shortcuts.words('undo')}>
          {(key) => (
            <kbd class="kbd max-sm:hidden" aria-hidden="true">
              {key()}
            </kbd>
          )}
        </Show>
        <button
          type="button"
          class="button"
          aria-label={only() === undefined ? t().undo.undoSome(deletions().length) : t().undo.undoNamed(nameOf(only()))}
          aria-keyshortcuts={shortcuts.ariaKeys('undo')}
          aria-busy={isComing()}
          aria-disabled={isComing()}
          onClick={() => {
            if (!isComing()) undo.takeBack(props.key);
          }}
        >
          {t().undo.undo}
        </button>
        <button
          type="button"
          class="button button-quiet button-square"
          title={t().frame.dismiss}
          aria-label={
            only() === undefined ? t().undo.dismissSome(deletions().length) : t().undo.dismissNamed(nameOf(only()))
          }
          onClick={() => undo.dismiss(props.key)}
        >
          <Icon name="close" />
        </button>
      </div>
      <Show when={failed()}>
        {(deletion) => (
          <div class="px-4 pb-2">
            <Show when={actions.state.homes.problems[deletion().id]}>
              {(problem) => <ProblemNote {...problem()} title={t().undo.notRestored(deletion().name)} alert />}
            </Show>
          </div>
        )}
      </Show>
    </div>
  );
}

function saidOf(deletions: readonly Deletion[]): string {
  return deletions.length === 1 ? t().undo.deleted(nameOf(deletions[0])) : t().undo.deletedSome(deletions.length);
}

function nameOf(deletion: Deletion | undefined): string {
  return deletion?.name ?? '';
}
