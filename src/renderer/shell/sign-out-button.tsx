import { createSignal, Show, type JSX } from 'solid-js';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Ends this browser's session; the page then says how to get in again. Only in a browser: the window has none. */
export function SignOutButton(): JSX.Element {
  const session = useSession();
  const [problem, setProblem] = createSignal('');
  const signOut = async (): Promise<void> => {
    try {
      await session.platform.host.access.signOut();
      session.reconnect();
    } catch (error) {
      setProblem(toShownProblem(error).message);
    }
  };
  return (
    <Show when={session.platform.kind === 'web' && session.about.state === 'ready' && session.about()}>
      {(about) => (
        <Show when={about().local_auth === 'token'}>
          <button type="button" class="link px-2 text-left text-xs" onClick={() => void signOut()}>
            {t().frame.signOut}
          </button>
          <Show when={problem()}>{(text) => <p class="px-2 text-xs text-bad-ink">{text()}</p>}</Show>
        </Show>
      )}
    </Show>
  );
}
