import { Show, type JSX } from 'solid-js';
import { useSession } from '../state/session.tsx';
import { DesktopSlot } from './desktop-slot.tsx';
import { WebFrames } from './web-frames.tsx';

/** Where IDEs are seen: a place kept free for the desktop's views, or frames in a browser. Takes no room when none is shown. */
export function IdeDeckArea(): JSX.Element {
  const { deck, platform } = useSession();
  return (
    <div class="relative min-h-0 flex-1 bg-sunken" classList={{ hidden: deck.current() === undefined }}>
      <Show when={platform.ide} fallback={<WebFrames />}>
        {(views) => <Show when={deck.current() !== undefined}>{<DesktopSlot views={views()} />}</Show>}
      </Show>
    </div>
  );
}
