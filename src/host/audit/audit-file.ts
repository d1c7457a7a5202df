import { createHash } from 'node:crypto';
import { appendFile, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { auditEntrySchema, mostAuditEntries } from '#contract/audit.ts';
import type { AuditEntry, AuditQuery } from '#contract/audit.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { Log } from '../observability/log.ts';
import { readIfThere } from '../private-file.ts';

/** Lines of JSON in a folder of the state, rotated and bounded; nobody else may read them. */
export interface AuditFile {
  /** Never throws: an entry that cannot be written is told in the log. */
  add(entry: AuditEntry): void;
  /** The newest first. Rejects with `not_found` where `before` names no entry that is there. */
  recent(query: AuditQuery): Promise<AuditEntry[]>;
  /** Resolves once everything that was added is written. */
  flush(): Promise<void>;
}

export interface AuditFileOptions {
  folder: string;
  log: Log;
  /** A file is begun anew beyond this, and so many older ones are kept beside it. */
  mostBytes?: number;
  older?: number;
}

/** As many as wait for a slow disk; it is said when there are more. */
const mostWaiting = 10_000;

export function createAuditFile({ folder, log, mostBytes = 4 * 1024 * 1024, older = 4 }: AuditFileOptions): AuditFile {
  const fileOf = (age: number): string => join(folder, age === 0 ? 'audit.jsonl' : `audit.${String(age)}.jsonl`);
  let waiting: string[] = [];
  let writing: Promise<void> | undefined;
  let size: number | undefined;
  let failing = false;

  async function rotate(): Promise<void> {
    for (let age = older; age > 0; age -= 1)
      await rename(fileOf(age - 1), fileOf(age)).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    size = 0;
  }

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      try {
        // After half a line (the disk was full, the computer went down) the next one would be no line either.
        if (size === undefined) {
          const found = await foundIn(folder, fileOf(0));
          ({ size } = found);
          if (!found.isWhole) lines.unshift('\n');
        }
        if (size > mostBytes) await rotate();
        const text = lines.join('');
        await appendFile(fileOf(0), text, { mode: 0o600 });
        size = (size ?? 0) + Buffer.byteLength(text);
        failing = false;
      } catch (error) {
        size = undefined;
        if (!failing) log.error({ err: error, folder, lost: lines.length }, 'The audit cannot be written');
        failing = true;
      }
    }
    writing = undefined;
  }

  async function linesOf(age: number): Promise<string[]> {
    try {
      return (await readIfThere(fileOf(age)))?.split('\n') ?? [];
    } catch (cause) {
      throw new GuildNetError('internal', `The audit cannot be read at ${fileOf(age)}: ${(cause as Error).message}.`, {
        remedy:
          'Make the file readable for the user who runs GuildNet, or move it away; what is done is written down meanwhile where that can be.',
        cause,
      });
    }
  }

  return {
    add(entry) {
      if (waiting.length >= mostWaiting) {
        if (!failing) log.error({ folder }, 'The audit is not written fast enough, and loses entries');
        failing = true;
        return;
      }
      waiting.push(`${JSON.stringify(entry)}\n`);
      writing ??= write();
    },
    async recent({ workspace, who, decision, before, limit = 100 }) {
      await writing;
      const most = Math.min(limit, mostAuditEntries);
      const found: AuditEntry[] = [];
      let isOlder = before === undefined;
      for (let age = 0; age <= older && found.length < most; age += 1) {
        for (const line of (await linesOf(age)).toReversed()) {
          if (!isOlder) {
            isOlder = idOf(line) === before;
            continue;
          }
          const entry = line === '' ? undefined : readLine(line);
          if (entry === undefined || (workspace !== undefined && entry.workspace !== workspace)) continue;
          if ((who !== undefined && entry.who !== who) || (decision !== undefined && entry.decision !== decision))
            continue;
          found.push({ ...entry, id: idOf(line) });
          if (found.length === most) break;
        }
      }
      if (isOlder) return found;
      throw new GuildNetError('not_found', 'The entry of the audit that this was to begin at is not there any more.', {
        remedy: 'Begin with the newest again; the oldest entries go when there are too many.',
      });
    },
    async flush() {
      await writing;
    },
  };
}

/** The same for as long as the line is there, whichever file it is in by then; of lines that were written by older versions as well. */
function idOf(line: string): string {
  return createHash('sha256').update(line).digest('hex').slice(0, 20);
}

/** A line that was cut off when the computer went down, or that somebody wrote into it, is none. */
function readLine(line: string): AuditEntry | undefined {
  try {
    return auditEntrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** What is there already: its bytes, and whether it ends with a line's end. The folder is made where it is missed. */
async function foundIn(folder: string, path: string): Promise<{ size: number; isWhole: boolean }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size === 0) return { size, isWhole: true };
    const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 });
    return { size, isWhole: buffer.toString() === '\n' };
  } catch (error) {
    if (isMissing(error)) return { size: 0, isWhole: true };
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
