import { z } from 'zod';

/**
 * Where a person sees an application: in the UI's frame or a tab of its own in Chromium, in the desktop's window, in a tab
 * under the single origin of `PROXY_ORIGIN_MODE=path`, or at the address that any port of a workspace has, in a tab and in a
 * window of the desktop.
 */
export const places = ['frame', 'tab', 'window', 'path', 'port', 'port-window'] as const;
export type Place = (typeof places)[number];

/** Type of the annotation by which a test tells what it found. */
export const findingAnnotation = 'app';

/** What was found of an application in one place. */
export const findingSchema = z.object({
  app: z.string(),
  version: z.string(),
  place: z.enum(places),
  works: z.array(z.string()),
  fails: z.array(z.object({ does: z.string(), why: z.string() })),
});
export type Finding = z.infer<typeof findingSchema>;
