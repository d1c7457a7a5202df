import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { listOf, longest, textOf } from '#contract/bounded.ts';
import { isWorkspaceId } from '#contract/qualified-id.ts';
import type { Log } from '../observability/log.ts';
import { readIfThere, replacePrivately } from '../private-file.ts';
import { originPorts } from './origin-ports.ts';
import type { OriginPort } from './origin-ports.ts';

const { first, count } = originPorts;
const entrySchema = z.strictObject({
  /** Of the tailnet address. */
  port: z
    .int()
    .min(first)
    .max(first + count - 1),
  id: textOf(longest.name).refine(isWorkspaceId),
  /** Of the workspace, where it is not the one that it is opened at by itself. */
  of: z.int().min(1).max(65_535).optional(),
  scheme: z.enum(['http', 'https']).optional(),
});
const fileSchema = listOf(entrySchema, count);

/** Which ports were given; none when nobody has written any down, or when the file cannot be read, which the log says. */
export async function readOriginPorts(file: string, log: Log): Promise<OriginPort[]> {
  try {
    const text = await readIfThere(file);
    if (text === undefined) return [];
    return fileSchema.parse(JSON.parse(text)).map(({ port, id, of, scheme }) => ({
      port,
      ask: {
        kind: 'server',
        id,
        ...(of === undefined ? {} : { port: of }),
        ...(scheme === undefined ? {} : { scheme }),
      },
    }));
  } catch (error) {
    log.warn({ err: error, file }, 'The ports of workspaces in the tailnet cannot be read; they are given anew');
    return [];
  }
}

/** Writes them whole; one writer at a time. */
export async function writeOriginPorts(file: string, given: readonly OriginPort[]): Promise<void> {
  const entries = given.map(
    ({ port, ask: { id, port: of, scheme } }): z.input<typeof entrySchema> => ({ port, id, of, scheme }),
  );
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await replacePrivately(file, JSON.stringify(entries));
}
