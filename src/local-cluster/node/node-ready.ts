import { z } from 'zod';
import { listOf, longest, most, textOf } from '#contract/bounded.ts';

const word = textOf(longest.reason);
const nodeSchema = z.object({
  status: z.object({
    addresses: listOf(z.object({ type: word, address: word }), most.entries).default([]),
    conditions: listOf(z.object({ type: word, status: word, lastHeartbeatTime: word }), most.entries).default([]),
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

/** Whether a node, as the API shows it (JSON), has an address of its network that is another one. One that has none yet has not. */
export function hasOtherAddress(body: string, address: string): boolean {
  const own = nodeSchema.safeParse(JSON.parse(body)).data?.status.addresses.filter(({ type }) => type === 'InternalIP');
  return own !== undefined && own.length > 0 && !own.some((one) => one.address === address);
}
