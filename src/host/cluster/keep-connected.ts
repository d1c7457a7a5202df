import { fromKubeError } from '../kube/errors.ts';
import { connectKube } from '../kube/kube.ts';
import type { ClusterSource } from '../kube/kube.ts';
import { pause } from '../pause.ts';
import type { ClusterStatus } from './cluster-status.ts';
import { follow } from './follow.ts';
import { retryPlan } from './retry-plan.ts';
import { openSession } from './session.ts';
import type { Session, SessionOptions } from './session.ts';
import { problemOf } from './unavailable.ts';

export interface KeepConnectedOptions extends SessionOptions {
  status: ClusterStatus;
  /** The session there is now, or undefined. */
  use(session: Session | undefined): void;
}

async function answers(
  source: ClusterSource,
  { namespace, signal, log, plugins, env, reach }: KeepConnectedOptions,
): Promise<boolean> {
  try {
    const chosen = namespace === undefined ? {} : { namespace };
    const kube = await connectKube(source, { ...chosen, signal, plugins, env, reach });
    kube.close();
    return true;
  } catch (error) {
    log.debug({ err: error }, 'The cluster does not answer yet');
    return false;
  }
}

async function followSession(opened: Session, options: KeepConnectedOptions): Promise<void> {
  const { source, status, signal, log } = options;
  const facts = {
    source: source.kind,
    context: opened.kube.access.context,
    server: opened.kube.server,
    namespace: opened.kube.namespace,
    version: opened.kube.version,
  };
  const online = (): void => {
    // While it ends, its operator says that it leads no more, and another session may be there by then.
    if (signal.aborted) return;
    const { holder, self, problem } = opened.operator.leadership;
    const notes = opened.notes.list();
    status.become({
      ...facts,
      phase: 'online',
      ...(holder === undefined ? {} : { leader: { holder, self } }),
      ...(problem === undefined ? {} : { problem: problemOf(problem) }),
      ...(notes.length === 0 ? {} : { notes: [...notes] }),
    });
  };
  const again = (): void => {
    if (status.state.phase === 'online') online();
  };
  // Ended with operator and notes, which are the session's.
  opened.operator.onLeadership(again);
  opened.notes.onChange(again);
  await follow({
    world: opened.world,
    signal,
    online() {
      if (status.state.phase !== 'online') log.info(facts, 'The cluster is online');
      online();
    },
    offline(failure) {
      const { phase } = retryPlan(failure, 1, 0.5);
      // It was connected a moment ago, so it is configured.
      status.fail(failure, phase === 'none' ? 'offline' : phase, facts);
    },
    answers: () => answers(source, options),
  });
}

/** Connects, stays connected, and connects again, until aborted or until there is nothing to connect to. */
export async function keepConnected(options: KeepConnectedOptions): Promise<void> {
  const { source, status, use, signal, log } = options;
  const facts = {
    source: source.kind,
    ...(source.kind !== 'kubeconfig' || source.context === undefined ? {} : { context: source.context }),
  };
  let failures = 0;
  while (!signal.aborted) {
    let opened: Session | undefined;
    try {
      if (failures === 0) status.become({ phase: 'connecting', ...facts });
      opened = await openSession(options);
      failures = 0;
      use(opened);
      await followSession(opened, options);
    } catch (cause) {
      if (signal.aborted) return;
      const failure = fromKubeError(cause, 'connecting to the cluster');
      if (failure.code === 'internal') log.error({ err: cause }, 'Connecting failed');
      failures += 1;
      const plan = retryPlan(failure, failures, Math.random());
      status.fail(failure, plan.phase, facts);
      if (plan.afterMilliseconds === undefined) return;
      // Cut short by an abort, which the loop's condition sees.
      await pause(plan.afterMilliseconds, signal);
    } finally {
      if (opened !== undefined) {
        use(undefined);
        await opened.stop();
      }
    }
  }
}
