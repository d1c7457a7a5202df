import { z } from 'zod';
import { tailnetModes } from '#contract/tailnet.ts';
import { keptFile } from '../kept-file.ts';
import type { KeptFile } from '../kept-file.ts';
import type { Log } from '../observability/log.ts';

const keptSchema = z.object({ mode: z.enum(tailnetModes) });

/** The mode that people have chosen by the API; none when nobody has, or when the file cannot be read. */
export function keptModeIn(path: string, log: Log): KeptFile<z.infer<typeof keptSchema>> {
  const words = {
    unreadable: 'How this host was to be on a tailnet cannot be read; the configuration counts',
    unwritable: 'How this host is to be on a tailnet could not be written down',
  };
  return keptFile(path, keptSchema, words, log);
}
