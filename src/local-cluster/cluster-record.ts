import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';
import { readIfPresent, writeConfig } from './write-file.ts';

/** What a cluster remembers from one `up` to the next: choices that others rely on. */
export const clusterRecordSchema = z.object({
  name: textOf(longest.name),
  level: z.enum(['control-plane', 'node']),
  ports: z.object({
    etcd: z.number().int(),
    etcdPeer: z.number().int(),
    apiServer: z.number().int(),
    controllerManager: z.number().int(),
  }),
  /** Which of the small subnets joins the node to the host; node level only. */
  subnet: z.number().int().min(0).max(255).optional(),
});
export type ClusterRecord = z.infer<typeof clusterRecordSchema>;

/** @throws GuildNetError `bad_config` when the file is there but cannot be understood. */
export async function readClusterRecord(path: string): Promise<ClusterRecord | undefined> {
  const text = await readIfPresent(path);
  if (text === undefined) return undefined;
  try {
    return clusterRecordSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new GuildNetError('bad_config', `The cluster's own record ${path} cannot be understood.`, {
      remedy: 'Forget this cluster with `guildnet cluster reset`, or restore the file.',
      cause,
    });
  }
}

export async function writeClusterRecord(path: string, record: ClusterRecord): Promise<void> {
  await writeConfig(path, `${JSON.stringify(record, undefined, 2)}\n`, 0o644);
}
