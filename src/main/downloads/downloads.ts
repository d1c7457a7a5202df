import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { shell, type DownloadItem } from 'electron';
import { mostDownloads, type DesktopEvent, type Download } from '#contract/desktop.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { Log } from '#host/observability/log.ts';
import { downloadProblem } from './download-problem.ts';
import { freeName, safeFileName } from './file-name.ts';

export interface Downloads {
  /** Takes over a download that a page of this workspace begins. Inside the session's `will-download`. */
  take(item: DownloadItem, workspace: string): void;
  /** `not_found` for both when there is no such download. */
  cancel(id: string): void;
  reveal(id: string): void;
  /** Whether any is under way. */
  isBusy(): boolean;
  close(): void;
}

interface Entry {
  item: DownloadItem;
  path: string;
  shown: Download;
}

/** How often the page hears of progress, in milliseconds. */
const tellEveryMs = 250;

/** What workspaces' pages give to the person: each goes into `folder()` under a name that is free, and the page is told how far it is. */
export function createDownloads(options: {
  folder: () => string;
  publish: (event: DesktopEvent) => void;
  log: Log;
}): Downloads {
  const { folder, publish, log } = options;
  const entries = new Map<string, Entry>();
  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    publish({ type: 'downloads', downloads: [...entries.values()].map(({ shown }) => shown).toReversed() });
  };
  const tellSoon = (): void => {
    timer ??= setTimeout(tell, tellEveryMs);
  };
  const change = (id: string, part: Partial<Download>): void => {
    const entry = entries.get(id);
    if (entry !== undefined) entry.shown = { ...entry.shown, ...part };
  };

  function find(id: string): Entry {
    const entry = entries.get(id);
    if (entry === undefined) {
      throw new GuildNetError('not_found', 'This download is not known any more.', {
        remedy: 'Look for the file in your folder of downloads.',
      });
    }
    return entry;
  }

  /** The oldest that has ended makes room; those under way are few, as a page may begin only so many. */
  function forgetOldest(): void {
    for (const [id, { shown }] of entries) {
      if (entries.size < mostDownloads) return;
      if (shown.state !== 'running') entries.delete(id);
    }
  }

  async function fail(id: string, entry: Entry): Promise<void> {
    const { item, shown } = entry;
    const at = folder();
    const free = await statfs(at).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => undefined,
    );
    const missing = Math.max(0, shown.total - item.getReceivedBytes());
    const problem = downloadProblem({ folder: at, free, isWritable: isWritable(at), missing });
    log.warn({ workspace: shown.workspace, why: problem.message }, 'a download ended too early');
    change(id, { state: 'failed', problem });
    tell();
  }

  function take(item: DownloadItem, workspace: string): void {
    forgetOldest();
    if (entries.size >= mostDownloads) return item.cancel();
    const at = folder();
    const inUse = new Set(
      [...entries.values()].filter(({ shown }) => shown.state === 'running').map(({ path }) => path),
    );
    const name = freeName(safeFileName(item.getFilename()), (candidate) => {
      const path = join(at, candidate);
      return inUse.has(path) || existsSync(path);
    });
    if (name === undefined) return item.cancel();
    const id = randomUUID();
    const path = join(at, name);
    item.setSavePath(path);
    const total = Math.max(0, item.getTotalBytes());
    const entry: Entry = { item, path, shown: { id, workspace, name, state: 'running', received: 0, total } };
    entries.set(id, entry);
    let isBroken = false;
    item.on('updated', (_event, state) => {
      change(id, { received: Math.max(0, item.getReceivedBytes()), total: Math.max(0, item.getTotalBytes()) });
      isBroken ||= state === 'interrupted';
      // Chromium would keep a broken one for being resumed, which nobody is asked about here.
      if (isBroken) item.cancel();
      tellSoon();
    });
    item.once('done', (_event, state) => {
      change(id, { received: Math.max(0, item.getReceivedBytes()) });
      if (state === 'completed') change(id, { state: 'done' });
      else if (state === 'cancelled' && !isBroken) change(id, { state: 'cancelled' });
      else {
        fail(id, entry).catch((error: unknown) => log.error({ err: error }, 'a broken download could not be told of'));
        return;
      }
      tell();
    });
    tell();
  }

  return {
    take,
    cancel: (id) => find(id).item.cancel(),
    reveal: (id) => shell.showItemInFolder(find(id).path),
    isBusy: () => [...entries.values()].some(({ shown }) => shown.state === 'running'),
    close() {
      clearTimeout(timer);
      for (const { item, shown } of entries.values()) if (shown.state === 'running') item.cancel();
    },
  };
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    // Not there, or not ours: either way nothing can be written into it.
    return false;
  }
}
