import { Show, type JSX } from 'solid-js';
import { useSession } from '../state/session.tsx';
import { SplitLine } from '../tabs/split-line.tsx';
import { placesOf, type Place } from '../tabs/panes.ts';
import type { Split } from '../tabs/tabs.ts';
import { DesktopSlot } from './desktop-slot.tsx';
import { WebFrames } from './web-frames.tsx';

/** Where IDEs are seen, one or two: a place kept free for the desktop's views, or frames in a browser. Takes no room when none is shown. */
export function IdeDeckArea(): JSX.Element {
  const { deck, platform, tabs } = useSession();
  const split = (): Split | undefined => (deck.beside() === undefined ? undefined : tabs.now().split);
  const placeOf = (id: string): Place => placesOf(split())[split()?.second === id ? 'second' : 'first'];
  return (
    <div class="relative min-h-0 flex-1 bg-sunken" classList={{ hidden: deck.current() === undefined }}>
      <Show when={platform.ide} fallback={<WebFrames placeOf={placeOf} />}>
        {(views) => (
          <Show when={deck.current() !== undefined}>
            <DesktopSlot views={views()} placeOf={placeOf} />
          </Show>
        )}
      </Show>
      <Show when={split()}>{(it) => <SplitLine split={it()} />}</Show>
    </div>
  );
}
