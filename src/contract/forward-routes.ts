import { oc } from '@orpc/contract';
import { z } from 'zod';
import { listOf, longest, textOf } from './bounded.ts';
import { forwardSchema, forwardsSchema, forwardWishSchema, mostForwards } from './forwards.ts';

const byWorkspace = z.object({ id: textOf(longest.name).min(1) });

/** Ports of workspaces at the host's own machine. */
export const forwardRoutes = {
  list: oc
    .route({ method: 'GET', path: '/api/forwards', summary: "All ports of workspaces at the host's machine" })
    .output(forwardsSchema),
  stop: oc
    .route({
      method: 'DELETE',
      path: '/api/forwards/{forward}',
      summary: 'Stop one: nothing listens there any more, and its connections end',
    })
    .input(z.object({ forward: textOf(longest.token).min(1) }))
    .output(z.object({ stopped: textOf(longest.token) })),
  ofWorkspace: oc
    .route({
      method: 'GET',
      path: '/api/workspaces/{id}/forwards',
      summary: "The ports of one workspace at the host's machine",
    })
    .input(byWorkspace)
    .output(forwardsSchema),
  open: oc
    .route({
      method: 'POST',
      path: '/api/workspaces/{id}/forwards',
      successStatus: 201,
      summary: "Bring a port of a workspace to the host's machine, until it is stopped or the host ends",
    })
    .input(z.strictObject({ ...byWorkspace.shape, ...forwardWishSchema.shape }))
    .output(forwardSchema),
  stopAll: oc
    .route({ method: 'DELETE', path: '/api/workspaces/{id}/forwards', summary: 'Stop all of one workspace' })
    .input(byWorkspace)
    .output(z.object({ stopped: listOf(textOf(longest.token), mostForwards) })),
};
