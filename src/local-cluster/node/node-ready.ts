import { z } from 'zod';

const nodeSchema = z.object({
  status: z.object({
    conditions: z.array(z.object({ type: z.string(), status: z.string(), lastHeartbeatTime: z.string() })).default([]),
  }),
});

/** Whether a node, as the API shows it (JSON), said at or after `since` (milliseconds) that it is Ready. Anything else than a node is not. */
export function isReadySince(body: string, since: number): boolean {
  const node = nodeSchema.safeParse(JSON.parse(body)).data;
  return (
    node?.status.conditions.some(
      // The API knows whole seconds only.
      ({ type, status, lastHeartbeatTime }) =>
        type === 'Ready' && status === 'True' && Date.parse(lastHeartbeatTime) >= Math.floor(since / 1000) * 1000,
    ) ?? false
  );
}
