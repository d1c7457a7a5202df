import { z } from 'zod';
import { listOf, longest, most, textOf } from './bounded.ts';
import { clusterStateSchema } from './cluster.ts';
import { homeSchema } from './home.ts';
import { serverSchema } from './server.ts';

/** What a watcher of the host is told: first a snapshot of the whole world, then every change of it, in order. */
export const hostEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    servers: listOf(serverSchema, most.objects),
    homes: listOf(homeSchema, most.objects),
    cluster: clusterStateSchema,
  }),
  z.object({ type: z.literal('upsert'), server: serverSchema }),
  z.object({ type: z.literal('delete'), id: textOf(longest.name) }),
  z.object({ type: z.literal('home'), home: homeSchema }),
  z.object({ type: z.literal('home-delete'), id: textOf(longest.name) }),
  z.object({ type: z.literal('cluster'), cluster: clusterStateSchema }),
  /** What is offered at launch is another now: whoever shows it asks again. */
  z.object({ type: z.literal('presets') }),
  /** The kubeconfig was written: its contexts may be others now. */
  z.object({ type: z.literal('contexts') }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;
