import { Show, type JSX } from 'solid-js';
import type { ClusterState } from '#contract/cluster.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** "Use the local cluster", where there is no other and this machine can run it. */
export function UseLocalButton(props: { cluster: ClusterState }): JSX.Element {
  const { actions, whyNot } = useSession();
  const busy = (): boolean => actions.state.cluster.busy !== undefined;
  return (
    <Show when={props.cluster.phase === 'none' && whyNot('host') === undefined}>
      <button
        type="button"
        class="button button-primary"
        disabled={!props.cluster.local.available || props.cluster.progress !== undefined || busy()}
        onClick={() => void actions.askCluster('startLocal')}
      >
        {t().cluster.useLocal}
      </button>
    </Show>
  );
}

/** "Retry", where the cluster was asked and is not there; with `always`, also to look for a configuration anew. */
export function RetryButton(props: { cluster: ClusterState; always?: boolean }): JSX.Element {
  const { actions, whyNot } = useSession();
  const busy = (): boolean => actions.state.cluster.busy !== undefined;
  const canRetry = (): boolean =>
    whyNot('host') === undefined &&
    (props.cluster.phase === 'offline' ||
      props.cluster.phase === 'refused' ||
      (props.always === true && props.cluster.phase === 'none'));
  return (
    <Show when={canRetry()}>
      <button
        type="button"
        class="button"
        aria-busy={busy()}
        aria-disabled={busy()}
        onClick={() => void actions.askCluster('retry')}
      >
        <Show when={busy()}>
          <span class="spinner" />
        </Show>
        {t().cluster.retry}
      </button>
    </Show>
  );
}
