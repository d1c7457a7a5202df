import type { JSX } from 'solid-js';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { placesOf, shareAfterKey } from './panes.ts';
import { shareOut, type Split } from './tabs.ts';

/** The line between two IDEs: dragged, or moved by the arrow keys (WAI-ARIA Authoring Practices, window splitter). */
export function SplitLine(props: { split: Split }): JSX.Element {
  const { tabs } = useSession();
  const setShare = (share: number): void => tabs.change((it) => shareOut(it, share));
  const isRow = (): boolean => props.split.direction === 'row';

  const onMove = (event: PointerEvent & { currentTarget: HTMLElement }): void => {
    const room = event.currentTarget.parentElement?.getBoundingClientRect();
    if (room === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    setShare(isRow() ? (event.clientX - room.left) / room.width : (event.clientY - room.top) / room.height);
  };
  return (
    // A separator that has a value is a widget, and takes the focus.
    <div
      role="separator"
      tabindex="0"
      aria-label={t().tabs.line}
      aria-orientation={isRow() ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(props.split.share * 100)}
      aria-valuemin="20"
      aria-valuemax="80"
      class="absolute z-10 touch-none bg-line hover:bg-accent focus-visible:bg-accent focus-visible:outline-none"
      classList={{ 'cursor-col-resize': isRow(), 'cursor-row-resize': !isRow() }}
      style={{ ...placesOf(props.split).line }}
      onPointerDown={(event) => {
        if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onMove}
      onDblClick={() => setShare(0.5)}
      onKeyDown={(event) => {
        const share = shareAfterKey(props.split, event.key);
        if (share === undefined) return;
        event.preventDefault();
        setShare(share);
      }}
    />
  );
}
