import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { noticeSchema } from './fuzz-process.ts';
import type { Share } from './fuzz-process.ts';

export interface FuzzFailure {
  /** The seeds that it is about: several when a process ended while they were under way. */
  seeds: readonly number[];
  problems: readonly string[];
}

export interface FuzzRange {
  first: number;
  /** How many seeds, from the first on. */
  count: number;
  /** Processes, each with a host of its own. */
  jobs: number;
  progress?(done: number, failed: number): void;
}

/** Milliseconds without progress after which a process counts as hung: no client waits longer than ten seconds. */
const silence = 60_000;

/** Runs the fuzzer over a range of seeds in processes; resolves with all that went wrong. */
export async function fuzzInProcesses({ first, count, jobs, progress }: FuzzRange): Promise<FuzzFailure[]> {
  const failures: FuzzFailure[] = [];
  let done = 0;
  const one = async (_: unknown, index: number): Promise<void> => {
    const underWay = new Map<number, number>();
    const fuzz = new FuzzProcess({ first: first + index, end: first + count, step: jobs });
    const ended = await fuzz.listen((message) => {
      const notice = noticeSchema.parse(message);
      if ('turns' in notice) return 'alive';
      if ('begins' in notice) underWay.set(notice.lane, notice.begins);
      else if ('done' in notice) done += notice.done;
      else if ('seed' in notice) failures.push({ seeds: [notice.seed], problems: notice.problems });
      else {
        if (notice.left.length > 0) failures.push({ seeds: [], problems: notice.left });
        return 'over';
      }
      progress?.(done, failures.length);
      return 'more';
    });
    // What nobody handles ends the process as it would end the host.
    if (ended !== 'over') failures.push({ seeds: [...underWay.values()], problems: [ended] });
  };
  await Promise.all(Array.from({ length: Math.min(jobs, count) }, one));
  return failures;
}

class FuzzProcess {
  readonly #child: ChildProcess;
  #errors = '';

  constructor(share: Share) {
    this.#child = fork(fileURLToPath(new URL('fuzz-process.ts', import.meta.url)), [JSON.stringify(share)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-2_000);
    });
  }

  /** Resolves with 'over' once `told` has said so, otherwise with how the process came to its end. */
  async listen(told: (message: unknown) => 'over' | 'more' | 'alive'): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let turned = performance.now();
    const hung = setTimeout(() => {
      const loop = performance.now() - turned < silence / 2 ? 'its event loop turns' : 'its event loop stands still';
      resolve(`the host gets no further, and ${loop}`);
    }, silence);
    this.#child.on('message', (message) => {
      try {
        const state = told(message);
        turned = performance.now();
        if (state === 'over') resolve('over');
        else if (state === 'more') hung.refresh();
      } catch (error) {
        reject(error);
      }
    });
    this.#child.on('error', reject);
    this.#child.on('exit', (code, signal) => {
      resolve(`the host ended (${signal ?? String(code)}): ${this.#errors}`);
    });
    try {
      return await promise;
    } finally {
      clearTimeout(hung);
      this.#child.kill('SIGKILL');
    }
  }
}
