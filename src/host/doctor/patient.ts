import type { HostConfig } from '../config/config.ts';
import type { LocalClusterPort } from '../cluster/local-cluster-port.ts';
import type { ClusterAccess } from '../kube/access/cluster-access.ts';
import { accessTo, contactKube } from '../kube/connect.ts';
import type { ClusterSource, Kube } from '../kube/kube.ts';
import { createPluginRegistry } from '../kube/plugins/plugin-registry.ts';
import type { Tailnet, TailnetReach } from '../tailnet/tailnet.ts';
import type { OperatorConfig } from '../operator/config.ts';

/** What is examined: this computer, its configuration, and the cluster that it names. */
export interface Patient {
  readonly env: NodeJS.ProcessEnv;
  /** Folder of everything the host keeps. */
  readonly home: string;
  /** Where the user's own certificates are looked for. */
  readonly certsFolder: string;
  /** Undefined where they do not parse: the check of the configuration says so. */
  readonly config: HostConfig | undefined;
  readonly operator: OperatorConfig | undefined;
  readonly source: ClusterSource | undefined;
  readonly localCluster: LocalClusterPort | undefined;
  /** That of the host which examines itself; whoever asks without a host has none. */
  readonly tailnet?: Pick<Tailnet, 'state' | keyof TailnetReach> | undefined;
  /** The way to the cluster; rejects when the kubeconfig cannot be used. */
  access(): Promise<ClusterAccess>;
  /** The cluster, once it has answered; rejects with the reason. */
  contacted(): Promise<Kube>;
  /** The same for checks of something else: rejects with `NotReached`. */
  kube(): Promise<Kube>;
  close(): void;
}

/** Why a check that needs the cluster does not apply: another one says what is wrong. */
export class NotReached extends Error {
  constructor() {
    super('The cluster is not reached.');
  }
}

export interface PatientOptions
  extends Pick<
    Patient,
    'env' | 'home' | 'certsFolder' | 'config' | 'operator' | 'source' | 'localCluster' | 'tailnet'
  > {
  namespace: string | undefined;
}

/** Contacts nobody before it is asked, and then once for all who ask. */
export function createPatient({ namespace, ...facts }: PatientOptions): Patient {
  const { env, source } = facts;
  const plugins = createPluginRegistry({ env });
  let access: Promise<ClusterAccess> | undefined;
  let kube: Promise<Kube> | undefined;
  const open = (): Promise<ClusterAccess> => {
    if (source === undefined) throw new NotReached();
    access ??= accessTo(source, { env, plugins, reach: facts.tailnet });
    return access;
  };
  const contact = async (): Promise<Kube> => contactKube(await open(), namespace === undefined ? {} : { namespace });
  const contacted = (): Promise<Kube> => (kube ??= contact());
  return {
    ...facts,
    access: async () => open(),
    contacted,
    kube: async () => {
      try {
        return await contacted();
      } catch {
        // Told by the check of the cluster, which asks for the same.
        throw new NotReached();
      }
    },
    close: () => {
      plugins.close();
      kube?.then(
        (opened) => opened.close(),
        () => undefined,
      );
    },
  };
}
