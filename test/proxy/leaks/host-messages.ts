import { z } from 'zod';

/** What the host in a process of its own tells its parent first. */
export const startedSchema = z.object({ port: z.int(), ca: z.string() });

/** What it tells whenever it is asked. */
export const figuresSchema = z.object({
  /** After a forced collection. */
  megabytes: z.number(),
  tunnels: z.int(),
  descriptors: z.int(),
});
export type HostFigures = z.infer<typeof figuresSchema>;
