import { z } from 'zod';
import { clusterStateSchema } from './cluster.ts';
import { homeSchema } from './home.ts';
import { serverSchema } from './server.ts';

/** What a watcher of the host is told: first a snapshot of the whole world, then every change of it, in order. */
export const hostEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    servers: z.array(serverSchema),
    homes: z.array(homeSchema),
    cluster: clusterStateSchema,
  }),
  z.object({ type: z.literal('upsert'), server: serverSchema }),
  z.object({ type: z.literal('delete'), id: z.string() }),
  z.object({ type: z.literal('home'), home: homeSchema }),
  z.object({ type: z.literal('home-delete'), id: z.string() }),
  z.object({ type: z.literal('cluster'), cluster: clusterStateSchema }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;
