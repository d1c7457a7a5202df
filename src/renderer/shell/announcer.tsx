import { createEffect, createSignal, onCleanup, type JSX } from 'solid-js';
import { useSession } from '../state/session.tsx';

/** Long enough to be read out; after it, somebody who browses the page by ear does not come upon old news. */
const shownMs = 5000;

/** Says changes of workspaces, cluster and connection to screen readers, wherever in the page the person is. */
export function Announcer(): JSX.Element {
  const { announcement } = useSession();
  const [text, setText] = createSignal('');
  createEffect(() => {
    setText(announcement());
    const timer = setTimeout(() => setText(''), shownMs);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <div role="status" aria-live="polite" class="sr-only">
      {text()}
    </div>
  );
}
