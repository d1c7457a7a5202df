import { createSignal, type JSX } from 'solid-js';
import { ButtonLabel } from '../components/button-label.tsx';
import { Icon } from '../components/icons.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Opens the workspace in the person's browser, signed in: the app's window has no tabs, and lends its session by a link. */
export function BrowserButton(props: { id: string }): JSX.Element {
  const { deck, platform } = useSession();
  const [isBusy, setBusy] = createSignal(false);
  const open = async (): Promise<void> => {
    setBusy(true);
    try {
      const { url } = await platform.host.workspaces.open({ id: props.id });
      // The app hands addresses of the web to the browser, and opens no window of its own for them.
      window.open(url, '_blank', 'noopener');
    } catch (error) {
      deck.setProblem(toShownProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type="button"
      class="button button-quiet"
      title={t().workspace.openInBrowser}
      aria-busy={isBusy()}
      onClick={() => void open()}
    >
      <Icon name="open" />
      <ButtonLabel isFirstToGo>{t().workspace.openInBrowser}</ButtonLabel>
    </button>
  );
}
