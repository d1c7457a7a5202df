import { batch } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { HostClient } from '#contract/routes.ts';
import type { Deleted, Job } from '#contract/server.ts';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';

export type WorkspaceVerb = 'start' | 'stop' | 'restart' | 'delete' | 'purge';
export type HomeVerb = 'restore' | 'delete';
export type ClusterVerb = 'startLocal' | 'stopLocal' | 'retry';

interface ActionState {
  /** What is being asked of each workspace right now. */
  busy: Record<string, WorkspaceVerb | undefined>;
  /** Why the last thing asked of a workspace was not done. */
  problems: Record<string, ShownProblem | undefined>;
  /** The same of homes, by the id of the workspace that they belonged to. */
  homes: { busy: Record<string, HomeVerb | undefined>; problems: Record<string, ShownProblem | undefined> };
  cluster: { busy?: ClusterVerb | undefined; problem?: ShownProblem | undefined };
}

export interface Actions {
  readonly state: ActionState;
  /** Resolves to the new workspace's id; throws what the host answered. */
  launch(job: Job): Promise<string>;
  /** Asks it of the host; true when it was accepted. A refusal is kept in `state.problems` until dismissed or asked again. */
  ask(verb: Exclude<WorkspaceVerb, 'delete'>, id: string): Promise<boolean>;
  /** Asks for the deletion; what was kept, or undefined where it was refused, as above. */
  delete(id: string): Promise<Deleted | undefined>;
  dismiss(id: string): void;
  /** The same for a kept home. */
  askHome(verb: HomeVerb, id: string): Promise<boolean>;
  dismissHome(id: string): void;
  askCluster(verb: ClusterVerb): Promise<void>;
}

/** What a person can ask of the host, with what is under way and what was refused as a store. */
export function createActions(host: HostClient, onLaunched: (id: string) => void): Actions {
  const [state, setState] = createStore<ActionState>({
    busy: {},
    problems: {},
    homes: { busy: {}, problems: {} },
    cluster: {},
  });

  const attempt = async <T>(verb: WorkspaceVerb, id: string, call: () => Promise<T>): Promise<T | undefined> => {
    if (state.busy[id] !== undefined) return undefined;
    batch(() => {
      setState('problems', id, undefined);
      setState('busy', id, verb);
    });
    try {
      return await call();
    } catch (error) {
      setState('problems', id, toShownProblem(error));
      return undefined;
    } finally {
      setState('busy', id, undefined);
    }
  };

  const askHome = async (verb: HomeVerb, id: string): Promise<boolean> => {
    if (state.homes.busy[id] !== undefined) return false;
    batch(() => {
      setState('homes', 'problems', id, undefined);
      setState('homes', 'busy', id, verb);
    });
    try {
      await host.homes[verb]({ id });
      return true;
    } catch (error) {
      setState('homes', 'problems', id, toShownProblem(error));
      return false;
    } finally {
      setState('homes', 'busy', id, undefined);
    }
  };

  const askCluster = async (verb: ClusterVerb): Promise<void> => {
    if (state.cluster.busy !== undefined) return;
    setState('cluster', { busy: verb, problem: undefined });
    try {
      await host.cluster[verb]();
    } catch (error) {
      setState('cluster', 'problem', toShownProblem(error));
    } finally {
      setState('cluster', 'busy', undefined);
    }
  };

  return {
    state,
    launch: async (job) => {
      const { id } = await host.workspaces.create(job);
      onLaunched(id);
      return id;
    },
    ask: async (verb, id) => {
      const asked = await attempt(verb, id, async () => {
        await host.workspaces[verb]({ id });
        return true;
      });
      return asked === true;
    },
    delete: (id) => attempt('delete', id, () => host.workspaces.delete({ id })),
    dismiss: (id) => setState('problems', id, undefined),
    askHome,
    dismissHome: (id) => setState('homes', 'problems', id, undefined),
    askCluster,
  };
}
