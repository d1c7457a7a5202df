import { Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { useSession } from '../state/session.tsx';
import { ButtonLabel } from './button-label.tsx';
import { Icon } from './icons.tsx';
import { runVerbOf } from './run-verb.ts';
import { t } from '../words/language.ts';

/** "Stop" or "Start", whichever the workspace's phase leaves to do; nothing while it is being deleted, and what they may not. */
export function RunButton(props: { server: Server; compact?: boolean }): JSX.Element {
  const { actions, whyNot } = useSession();
  const busy = (): boolean => actions.state.busy[props.server.id] !== undefined;
  const verb = (): 'start' | 'stop' | undefined => {
    const possible = runVerbOf(props.server.phase);
    return possible === undefined || whyNot(possible, props.server) !== undefined ? undefined : possible;
  };
  const label = (): string => t().workspace[verb() ?? 'stop'];
  return (
    <Show when={verb()} fallback={<Gap compact={props.compact} />}>
      {(asked) => (
        <button
          type="button"
          class="button button-quiet"
          classList={{ 'button-square': props.compact === true }}
          aria-label={label()}
          title={props.compact === true ? label() : undefined}
          aria-busy={busy()}
          aria-disabled={busy()}
          onClick={() => void actions.ask(asked(), props.server.id)}
        >
          <Icon name={asked() === 'start' ? 'play' : 'stop'} />
          {props.compact === true ? undefined : <ButtonLabel>{label()}</ButtonLabel>}
        </button>
      )}
    </Show>
  );
}

/** Keeps the buttons of a list in line where one of them is not there. */
function Gap(props: { compact: boolean | undefined }): JSX.Element {
  return (
    <Show when={props.compact}>
      <span class="w-7.5" />
    </Show>
  );
}
