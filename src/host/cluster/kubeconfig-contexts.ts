import { existsSync } from 'node:fs';
import type { ContextChoice, KubeContext } from '#contract/contexts.ts';
import { loadContexts, loadKubeconfig } from '../kube/kubeconfig/load.ts';
import { defaultKubeconfig } from '../kube/source.ts';
import type { KeptContext } from './kept-context.ts';
import { noSuchContext } from './no-such-context.ts';
import { watchKubeconfig } from './watch-kubeconfig.ts';

/** The kubeconfig as far as it is about which contexts there are. It is read whenever somebody asks. */
export interface KubeconfigContexts {
  /**
   * All, in the order of the kubeconfig; empty where nobody has named one and there is none. `inUse`: the one that the host works with; undefined: the
   * kubeconfig's own current one, and none where `elsewhere`. Rejects with `bad_config`.
   */
  list(inUse: string | undefined, elsewhere: boolean): Promise<KubeContext[]>;
  /** False also where the kubeconfig cannot be read. */
  has(name: string): Promise<boolean>;
  /** Rejects with `not_found` and the nearest names, or with `bad_config`. */
  demand(name: string): Promise<void>;
  /** What was chosen last and is still there. Never rejects. */
  last(): Promise<ContextChoice | undefined>;
  keep(choice: ContextChoice): Promise<void>;
  /**
   * Where a context, or the current one, leads, to compare with later: server, namespace and how its server is trusted, not how somebody logs in
   * there, which changes often and is read again when it is needed. Undefined for one that cannot be used, which connecting tells of.
   */
  place(name: string | undefined): Promise<string | undefined>;
  /** Calls `onChange` when it has been written. Returns the function that ends it. */
  watch(onChange: () => void): () => void;
}

export function createKubeconfigContexts(env: NodeJS.ProcessEnv, kept: KeptContext): KubeconfigContexts {
  const path = defaultKubeconfig(env);

  async function load() {
    // A file that nobody has named need not be there.
    if (!env['KUBECONFIG'] && !existsSync(path)) return [];
    return loadContexts(path);
  }

  async function has(name: string): Promise<boolean> {
    // What is wrong with a kubeconfig is told by connecting with it.
    const known = await load().catch(() => []);
    return known.some((one) => one.name === name);
  }

  return {
    has,
    async list(inUse, elsewhere) {
      const contexts = await load();
      return contexts.map((one) => ({
        ...one,
        current: !elsewhere && (inUse === undefined ? one.selected : one.name === inUse),
      }));
    },
    async demand(name) {
      const names = (await load()).map((one) => one.name);
      if (!names.includes(name)) throw noSuchContext(name, names);
    },
    async last() {
      const choice = await kept.read(path);
      return choice !== undefined && (await has(choice.context)) ? choice : undefined;
    },
    keep: (choice) => kept.keep(path, choice),
    async place(name) {
      try {
        const { context, namespace, server, cluster, user } = await loadKubeconfig(path, name);
        return JSON.stringify([context, namespace, server, cluster.fields, user.name]);
      } catch {
        return undefined;
      }
    },
    watch: (onChange) => watchKubeconfig(path, onChange),
  };
}
