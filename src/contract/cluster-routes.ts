import { oc } from '@orpc/contract';
import { z } from 'zod';
import { listOf, longest, most, textOf } from './bounded.ts';
import { clusterStateSchema } from './cluster.ts';
import { clusterResourcesSchema, clusterRightsSchema } from './cluster-resources.ts';
import { imageArchiveSchema, localClusterSchema, localImagesSchema, namedImageSchema } from './local-cluster.ts';

/** What is asked of the cluster itself, beside the state of the connection to it. */
export const clusterViewRoutes = {
  resources: oc
    .route({
      method: 'GET',
      path: '/api/cluster/resources',
      summary: 'Its nodes, what they have, and what that is used for',
    })
    .output(clusterResourcesSchema),
  rights: oc
    .route({
      method: 'GET',
      path: '/api/cluster/rights',
      summary: 'What the cluster lets this host do, rule by rule, and what does not work without it',
    })
    .output(clusterRightsSchema),
  local: oc
    .route({
      method: 'GET',
      path: '/api/cluster/local',
      summary: "The local cluster of the host's machine: whether it runs",
    })
    .output(localClusterSchema),
  stopLocal: oc
    .route({
      method: 'POST',
      path: '/api/cluster/local/stop',
      successStatus: 202,
      summary: 'Stop the local cluster; what it holds is kept, and how it goes arrives by watch',
    })
    .output(clusterStateSchema),
  localImages: oc
    .route({ method: 'GET', path: '/api/cluster/local/images', summary: 'The images on its node, and what uses them' })
    .output(localImagesSchema),
  loadImage: oc
    .route({
      method: 'POST',
      path: '/api/cluster/local/images',
      summary: "Give it images from an archive on the host's machine",
    })
    .input(imageArchiveSchema)
    .output(z.object({ images: listOf(textOf(longest.image), most.entries) })),
  removeImage: oc
    .route({ method: 'POST', path: '/api/cluster/local/images/remove', summary: 'Remove an image that nothing uses' })
    .input(namedImageSchema)
    .output(z.object({ removed: textOf(longest.image) })),
};
