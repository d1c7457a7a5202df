import type { DoctorReport } from '#contract/doctor.ts';
import type { LocalClusterPort } from '../cluster/local-cluster-port.ts';
import { readSettings } from '../config/config.ts';
import type { SettingFlags } from '../config/given-settings.ts';
import { unreadVariables } from '../config/unread-variables.ts';
import { chosenSource } from '../cluster/chosen-source.ts';
import type { ClusterSource } from '../kube/kube.ts';
import { certificate } from './checks/certificate.ts';
import { clock } from './checks/clock.ts';
import { cluster } from './checks/cluster.ts';
import { configuration } from './checks/configuration.ts';
import { crd } from './checks/crd.ts';
import { directWays } from './checks/direct-ways.ts';
import { disk } from './checks/disk.ts';
import { localCluster } from './checks/local-cluster.ts';
import { localNames } from './checks/names.ts';
import { namespace } from './checks/namespace.ts';
import { networkPolicies } from './checks/network-policies.ts';
import { nodes } from './checks/nodes.ts';
import { port } from './checks/port.ts';
import { proxy } from './checks/proxy.ts';
import { rights } from './checks/rights.ts';
import { images, passwords } from './checks/workspaces.ts';
import { createPatient } from './patient.ts';
import type { Patient } from './patient.ts';
import { runChecks } from './run-checks.ts';

export interface ExamineOptions {
  env: NodeJS.ProcessEnv;
  /** Folder of everything the host keeps. */
  home: string;
  /** Where the user's own certificates are looked for: `./certs`. */
  certsFolder: string;
  /** Instead of GUILDNET_NAMESPACE or that of the context. */
  namespace?: string | undefined;
  localCluster?: LocalClusterPort | undefined;
  /** What the command line said of the settings. */
  flags?: SettingFlags;
  /** The cluster, instead of the one that is configured. */
  source?: ClusterSource | undefined;
  /** The cluster where none is configured: the local one, if that runs. */
  otherwise?: ClusterSource | undefined;
  /** That of the host which examines itself. */
  tailnet?: Patient['tailnet'];
  /** How long each check may take, in ms. */
  limitMs?: number;
}

const checks = [cluster, namespace, crd, rights, nodes, images, networkPolicies, directWays, passwords, clock] as const;
const ofThisComputer = [localCluster, port, certificate, localNames, proxy, disk] as const;

/** Contacting a cluster may take a credential program, and each request has limits of its own. */
const defaultLimitMs = 20_000;

/**
 * Looks at everything that a person might have wrong, side by side, and changes nothing. It asks the cluster itself, so that
 * no host has to run. Rejects for nothing that can be wrong; each check says what is.
 */
export async function examine(options: ExamineOptions): Promise<DoctorReport> {
  const { home, certsFolder, limitMs = defaultLimitMs } = options;
  const problems: unknown[] = [];
  const unread = unreadVariables(options.env);
  const read = async <T>(what: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await what();
    } catch (error) {
      problems.push(error);
      return undefined;
    }
  };
  const settings = await read(() => readSettings(options.env, home, options.flags));
  const { config, operator, env } = settings ?? { config: undefined, operator: undefined, env: options.env };
  const patient = createPatient({
    env,
    home,
    certsFolder,
    config,
    operator,
    source: options.source ?? (await chosenSource(env, { context: config?.context })) ?? options.otherwise,
    namespace: options.namespace ?? config?.namespace,
    localCluster: options.localCluster,
    tailnet: options.tailnet,
  });
  try {
    return await runChecks([configuration(problems, unread), ...checks, ...ofThisComputer], patient, limitMs);
  } finally {
    patient.close();
  }
}
