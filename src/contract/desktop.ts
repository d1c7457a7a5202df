import { eventIterator, oc } from '@orpc/contract';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import { cutTextOf, longest, textOf } from './bounded.ts';

/** What only the desktop can do, served over the same message port under its own router. The UI works without it. */
export const boundsSchema = z.object({
  x: z.int().min(0).max(32_767),
  y: z.int().min(0).max(32_767),
  width: z.int().min(0).max(32_767),
  height: z.int().min(0).max(32_767),
});
export type Bounds = z.infer<typeof boundsSchema>;

export const desktopEventSchema = z.discriminatedUnion('type', [
  /** The tray, a notification or a deep link asks the UI to go to one of its own paths, such as `/workspaces/<id>`. */
  z.object({ type: z.literal('navigate'), path: textOf(longest.path).regex(/^\//) }),
  z.object({
    type: z.literal('ide'),
    id: textOf(longest.name),
    state: z.enum(['loading', 'ready', 'failed']),
    message: cutTextOf(longest.message).optional(),
  }),
]);
export type DesktopEvent = z.infer<typeof desktopEventSchema>;

const byId = z.object({ id: textOf(longest.name).min(1) });

export const desktopContract = {
  ide: {
    /** Shows the workspace's IDE view at these CSS pixels of the window; creates it on first use. */
    show: oc.input(byId.extend({ bounds: boundsSchema })),
    /** Hides every IDE view; they keep running. */
    hide: oc,
    reload: oc.input(byId),
    close: oc.input(byId),
  },
  events: oc.output(eventIterator(desktopEventSchema)),
};
export type DesktopContract = typeof desktopContract;
export type DesktopClient = ContractRouterClient<DesktopContract>;
