import type { PortScheme } from '#contract/port-scheme.ts';

/** A container port to open a tunnel to. */
export interface PodTarget {
  kind?: 'pod';
  namespace: string;
  pod: string;
  /** Identity of the pod: a new pod of the same name is another one. */
  podUid: string;
  port: number;
  scheme: PortScheme;
  /** The name that a TLS server is asked for (SNI); absent where there is none. */
  serverName?: string;
  /** The workspace that it belongs to, in whichever form it was asked for. */
  workspace?: string;
  /** The pod's and the Service's addresses, and the Service's port: how what answers may call itself. */
  addresses?: readonly string[];
  servicePort?: number;
}

/** A host outside the cluster that is dialled from here. */
export interface DirectTarget {
  kind: 'direct';
  /** As it was asked for: what `Host` and SNI say. */
  host: string;
  /** The address that it has resolved to and that has been checked: the connection goes there and nowhere else. */
  address: string;
  /** The configuration allows this address whatever its range, so the ranges are not asked about when it is dialled. */
  anyRange: boolean;
  /** The address is one of the host's tailnet, which the connection goes through. */
  inTailnet?: boolean;
  port: number;
  scheme: PortScheme;
  serverName?: string;
}

export type ProxyTarget = PodTarget | DirectTarget;
