import { createEffect, createSignal, onCleanup, onMount, type JSX } from 'solid-js';
import type { Bounds } from '#contract/desktop.ts';
import type { IdeViews } from '../platform/platform.ts';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { boundsOfBox } from './bounds.ts';
import { createViewSync } from './view-sync.ts';
import { t } from '../words/language.ts';

/** The place that the desktop's view covers. Tells the desktop where it is, and hides the view under covers and on leave. */
export function DesktopSlot(props: { views: IdeViews }): JSX.Element {
  const { deck } = useSession();
  const [bounds, setBounds] = createSignal<Bounds>();
  let slot: HTMLDivElement | undefined;
  let frame = 0;

  // The views are the platform's, which never changes.
  // oxlint-disable-next-line solid/reactivity
  const sync = createViewSync(props.views, (error) => deck.setProblem(toShownProblem(error)));

  const measure = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (slot !== undefined) setBounds(boundsOfBox(slot.getBoundingClientRect()));
    });
  };

  onMount(() => {
    if (slot === undefined) return;
    const observer = new ResizeObserver(measure);
    observer.observe(slot);
    window.addEventListener('resize', measure);
    onCleanup(() => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
      cancelAnimationFrame(frame);
    });
  });

  createEffect(() => {
    const id = deck.current();
    const at = bounds();
    sync.want(id === undefined || at === undefined || deck.isCovered() ? undefined : { id, bounds: at });
  });
  onCleanup(() => sync.want(undefined));

  return (
    <div ref={(element) => (slot = element)} data-testid="ide-slot" class="absolute inset-0 grid place-items-center">
      <p class="text-muted">{t().phase.Running.opening}</p>
    </div>
  );
}
