import { createHash } from 'node:crypto';
import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
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
        size ??= await sizeOf(folder, fileOf(0));
        if (size > mostBytes) await rotate();
        const text = lines.join('');
        await appendFile(fileOf(0), text, { mode: 0o600 });
        size = (size ?? 0) + Buffer.byteLength(text);
        failing = false;
      } catch (error) {
        if (!failing) log.error({ err: error, folder, lost: lines.length }, 'The audit cannot be written');
        failing = true;
      }
    }
    writing = undefined;
  }

  async function linesOf(age: number): Promise<string[]> {
    return (await readIfThere(fileOf(age)))?.split('\n') ?? [];
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

async function sizeOf(folder: string, file: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
