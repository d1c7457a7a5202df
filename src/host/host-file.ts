import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { longest, textOf, timeText } from '#contract/bounded.ts';
import { replacePrivately } from './private-file.ts';
import { isSameProcess, processMark } from './process-mark.ts';

const hostFileSchema = z.object({
  url: textOf(longest.url).check(z.url()),
  caFile: textOf(longest.path).min(1),
  pid: z.int().positive(),
  startedAt: timeText,
  /** `processMark` of it, where there is one: a killed host leaves its file, and its number goes to another program. */
  mark: textOf(longest.token).optional(),
});

/** How the command line finds a running host: `<home>/state/host.json`. */
export type HostFile = z.infer<typeof hostFileSchema>;

function pathIn(home: string): string {
  return join(home, 'state', 'host.json');
}

/** Says where this host is. Resolves with the one that ran with this home already, which commands do not find as long as this one runs. */
export async function writeHostFile(home: string, facts: Omit<HostFile, 'mark'>): Promise<HostFile | undefined> {
  const before = await findRunningHost(home);
  const content: HostFile = { ...facts, mark: await processMark(facts.pid) };
  const path = pathIn(home);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await replacePrivately(path, textOfFile(content));
  return before?.pid === facts.pid ? undefined : before;
}

function textOfFile(content: HostFile): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** The host that is running with this home, or undefined. A file left by a crash names a process that is no more. */
export async function findRunningHost(home: string): Promise<HostFile | undefined> {
  try {
    const content = hostFileSchema.parse(JSON.parse(await readFile(pathIn(home), 'utf8')));
    return (await isSameProcess(content.pid, content.mark)) ? content : undefined;
  } catch {
    // Absent, unreadable or malformed: then nobody has said that he runs.
    return undefined;
  }
}

/** Takes back what this process has said, unless another host has said something since: the one `before` it is found again if it still runs. */
export async function removeHostFile(home: string, pid: number, before?: HostFile): Promise<void> {
  const path = pathIn(home);
  try {
    const content = JSON.parse(await readFile(path, 'utf8')) as Partial<HostFile> | null;
    if (content?.pid !== pid) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    // Unreadable: of no use to anybody.
  }
  if (before !== undefined && (await isSameProcess(before.pid, before.mark)))
    await replacePrivately(path, textOfFile(before));
  else await rm(path, { force: true });
}
