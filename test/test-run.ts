import { randomBytes } from 'node:crypto';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { waitUntil } from '#local-cluster/wait-until.ts';

/** On every namespace that a run's tests make, with the run's name. */
export const runLabel = 'guildnet.local/test-run';

const variable = 'GUILDNET_TEST_RUN';

/** How long the last namespaces may take to go, in milliseconds: their pods have 30 s to end by themselves. */
const goneWithin = 120_000;

/** The name of the run that this process' tests belong to; undefined in a bench or a script of its own. */
export function currentRun(): string | undefined {
  return process.env[variable];
}

/**
 * For a runner's global set-up: gives this process and the workers that it starts a name for their run. A namespace takes
 * 5 to 30 s to go, which every test would otherwise wait for by itself.
 */
export function beginRun(): string {
  const run = currentRun() ?? `r-${randomBytes(4).toString('hex')}`;
  process.env[variable] = run;
  return run;
}

/** Waits until nothing that a run's tests have made is left in the cluster. Rejects with what is, which their clean-up forgot. */
export async function nothingIsLeft(kubeconfigPath: string, run: string): Promise<void> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(kubeconfigPath);
  const core = kubeConfig.makeApiClient(CoreV1Api);
  let left = '';
  const isEmpty = async (): Promise<boolean> => {
    const { items } = await core.listNamespace({ labelSelector: `${runLabel}=${run}` });
    left = items.map(({ metadata, status }) => JSON.stringify([metadata?.name, status])).join('\n');
    return items.length === 0;
  };
  await waitUntil(isEmpty, {
    what: "the namespaces of the run's tests to be gone",
    timeoutMs: goneWithin,
    explain: () => left,
  });
}
