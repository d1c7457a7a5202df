/** An object as the simulated API server keeps it. */
export interface Stored {
  apiVersion: string;
  kind: string;
  metadata: StoredMeta;
  spec?: unknown;
  status?: unknown;
  [field: string]: unknown;
}

export interface StoredMeta {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[];
  finalizers?: string[];
  [field: string]: unknown;
}

/** What there is, by the plural in its paths. */
export const resources = {
  workspaces: { apiVersion: 'guildnet.io/v1alpha1', kind: 'Workspace', status: true },
  deployments: { apiVersion: 'apps/v1', kind: 'Deployment', status: true },
  services: { apiVersion: 'v1', kind: 'Service', status: true },
  pods: { apiVersion: 'v1', kind: 'Pod', status: true },
  persistentvolumeclaims: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: true },
  secrets: { apiVersion: 'v1', kind: 'Secret', status: false },
  ingresses: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', status: true },
  networkpolicies: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', status: false },
  events: { apiVersion: 'events.k8s.io/v1', kind: 'Event', status: false },
} as const;
export type Plural = keyof typeof resources;

export interface Target {
  plural: Plural;
  /** Undefined: the collection. */
  name: string | undefined;
  subresource: string | undefined;
}

const pattern = /^\/(?:api|apis\/[^/]+)\/[^/]+\/namespaces\/[^/]+\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;

/** What a path means; throws for those that are not simulated, so that none is forgotten. */
export function targetOf(path: string): Target {
  const [, plural = '', name, subresource] = pattern.exec(path) ?? [];
  if (!(plural in resources)) throw new TypeError(`the simulation does not know the path ${path}`);
  return { plural: plural as Plural, name: name === undefined ? undefined : decodeURIComponent(name), subresource };
}
