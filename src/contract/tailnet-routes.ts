import { oc } from '@orpc/contract';
import {
  seenPeersSchema,
  tailnetHostsSchema,
  tailnetLoginSchema,
  tailnetReportSchema,
  tailnetStateSchema,
  tailnetUseSchema,
} from './tailnet.ts';

export const tailnetRoutes = {
  get: oc
    .route({ method: 'GET', path: '/api/tailnet', summary: 'How this host stands to its tailnet' })
    .output(tailnetStateSchema),
  login: oc
    .route({
      method: 'POST',
      path: '/api/tailnet/login',
      summary: 'Log in to the tailnet, by key or at an address that the state then tells; no restart is needed',
    })
    .input(tailnetLoginSchema)
    .output(tailnetStateSchema),
  use: oc
    .route({
      method: 'POST',
      path: '/api/tailnet/use',
      summary:
        "Be on the tailnet by a node of the host's own, by this computer's Tailscale, or not at all, from now on",
    })
    .input(tailnetUseSchema)
    .output(tailnetStateSchema),
  logout: oc
    .route({ method: 'POST', path: '/api/tailnet/logout', summary: 'Log out of the tailnet, until somebody logs in' })
    .output(tailnetStateSchema),
  peers: oc
    .route({
      method: 'GET',
      path: '/api/tailnet/peers',
      summary: 'Who has come by the tailnet, and what it grants them',
    })
    .output(seenPeersSchema),
  hosts: oc
    .route({
      method: 'GET',
      path: '/api/tailnet/hosts',
      summary: 'The hosts of the tailnet that have the same workspaces: where they are opened when this one is away',
    })
    .output(tailnetHostsSchema),
  netcheck: oc
    .route({ method: 'GET', path: '/api/tailnet/netcheck', summary: 'Measure what lies between this host and others' })
    .output(tailnetReportSchema),
};
