import { createEffect, createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js';
import type { Bounds } from '#contract/desktop.ts';
import type { IdeViews } from '../platform/platform.ts';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import type { Place } from '../tabs/panes.ts';
import { boundsOfBox } from './bounds.ts';
import { createViewSync } from './view-sync.ts';
import { t } from '../words/language.ts';

/** The places that the desktop's views cover. Tells the desktop where they are, and hides the views under covers and on leave. */
export function DesktopSlot(props: { views: IdeViews; placeOf: (id: string) => Place }): JSX.Element {
  const { deck } = useSession();
  const [bounds, setBounds] = createSignal<Bounds>();
  const [besideBounds, setBesideBounds] = createSignal<Bounds>();

  // The views are the platform's, which never changes.
  // oxlint-disable-next-line solid/reactivity
  const sync = createViewSync(props.views, (error) => deck.setProblem(toShownProblem(error)));

  createEffect(() => {
    const id = deck.current();
    const at = bounds();
    const other = deck.beside();
    const otherAt = besideBounds();
    const beside = other === undefined || otherAt === undefined ? undefined : { id: other, bounds: otherAt };
    sync.want(id === undefined || at === undefined || deck.isCovered() ? undefined : { id, bounds: at, beside });
  });
  onCleanup(() => sync.want(undefined));

  return (
    <>
      <Show when={deck.current()}>
        {(id) => <Pane name="ide-slot" at={props.placeOf(id())} onBounds={setBounds} />}
      </Show>
      <Show when={deck.beside()}>
        {(id) => <Pane name="ide-slot-beside" at={props.placeOf(id())} onBounds={setBesideBounds} />}
      </Show>
    </>
  );
}

function Pane(props: { name: string; at: Place; onBounds: (bounds: Bounds | undefined) => void }): JSX.Element {
  let pane: HTMLDivElement | undefined;
  let frame = 0;
  const measure = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (pane !== undefined) props.onBounds(boundsOfBox(pane.getBoundingClientRect()));
    });
  };
  onMount(() => {
    if (pane === undefined) return;
    const observer = new ResizeObserver(measure);
    observer.observe(pane);
    window.addEventListener('resize', measure);
    onCleanup(() => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
      cancelAnimationFrame(frame);
      props.onBounds(undefined);
    });
  });
  // Moved without a change of its size, as when two are exchanged.
  createEffect(() => {
    void props.at;
    measure();
  });
  return (
    <div
      ref={(element) => (pane = element)}
      data-testid={props.name}
      class="absolute grid place-items-center"
      style={{ ...props.at }}
    >
      <p class="text-muted">{t().phase.Running.opening}</p>
    </div>
  );
}
