import { Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { useSession } from '../state/session.tsx';
import { ButtonLabel } from './button-label.tsx';
import { Icon } from './icons.tsx';
import { mayRestart } from './run-verb.ts';
import { t } from '../words/language.ts';

/** "Restart": a new pod for the same workspace. Only where there is something to replace. */
export function RestartButton(props: { server: Server }): JSX.Element {
  const { actions, whyNot } = useSession();
  const busy = (): boolean => actions.state.busy[props.server.id] !== undefined;
  return (
    <Show when={mayRestart(props.server.phase) && whyNot('restart', props.server) === undefined}>
      <button
        type="button"
        class="button button-quiet"
        title={t().workspace.restartHint}
        aria-busy={busy()}
        aria-disabled={busy()}
        onClick={() => void actions.ask('restart', props.server.id)}
      >
        <Icon name="restart" />
        <ButtonLabel>{t().workspace.restart}</ButtonLabel>
      </button>
    </Show>
  );
}
