import { GuildNetError } from '#contract/errors.ts';
import type { ReportProgress } from '#contract/progress.ts';
import { type BorrowedCluster, borrowTestCluster, testCluster } from '../../test/test-cluster.ts';
import { ensureElectron } from '../runtime/electron-runtime.ts';
import { hasDisplay } from '../runtime/display.ts';
import { ensureElectronLibraries } from '../runtime/shared-libraries.ts';
import { ensureSystemPackages } from '#local-cluster/system-packages.ts';
import { chromium, ensureChromium } from '../runtime/chromium.ts';
import { startVirtualDisplay } from '../runtime/xvfb.ts';
import type { Level } from './arguments.ts';

type RunnerLevel = Exclude<Level, 'static'>;

/** Why a level cannot run on this machine, with what would help; undefined when it can. */
export function unavailable(level: RunnerLevel): string | undefined {
  if (level === 'unit') return undefined;
  const availability = testCluster(level === 'integration' ? 'control-plane' : 'node').availability();
  return availability.available ? undefined : `${availability.reason} ${availability.remedy}`;
}

/**
 * Brings what levels need and takes it away when disposed of. It is done here and not left to the runners alone, because
 * a runner that is interrupted may not get to its own clean-up.
 */
export class Preparation implements AsyncDisposable {
  readonly #kept = new AsyncDisposableStack();
  readonly #report: ReportProgress;
  readonly #signal: AbortSignal;
  #wholeCluster: Promise<BorrowedCluster> | undefined;

  constructor(report: ReportProgress, signal: AbortSignal) {
    this.#report = report;
    this.#signal = signal;
  }

  /** Runs `level` with what it needs; `run` gets the environment for the runner on top of ours. */
  async for<T>(level: RunnerLevel, run: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
    if (level === 'unit') return run({});
    if (level === 'integration') {
      await using _controlPlane = await this.#borrow('control-plane');
      return await run({});
    }
    // Cluster and end-to-end tests share one, which is up until all is over.
    this.#wholeCluster ??= this.#borrow('node').then((cluster) => this.#kept.use(cluster));
    await this.#wholeCluster;
    return run(level === 'e2e' ? await this.#desktop() : {});
  }

  #borrow(level: 'control-plane' | 'node'): Promise<BorrowedCluster> {
    return borrowTestCluster(level, { report: this.#report, signal: this.#signal });
  }

  async #desktop(): Promise<NodeJS.ProcessEnv> {
    const electron = await ensureElectron(this.#report);
    await ensureElectronLibraries(electron.path, this.#report);
    if (chromium().executablePath === undefined) await ensureChromium(this.#report);
    // The bus that the search for a tray is tried on.
    await ensureSystemPackages([{ package: 'dbus', provides: 'dbus-daemon' }], this.#report);
    if (hasDisplay(process.env, process.platform)) return {};
    await ensureSystemPackages([{ package: 'xvfb', provides: 'Xvfb' }], this.#report);
    return { DISPLAY: this.#kept.use(await startVirtualDisplay()).display };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#kept.disposeAsync();
  }
}

/** What to tell a person when a level's preparation failed. */
export function explain(error: unknown): string {
  if (error instanceof GuildNetError) return `${error.message} ${error.remedy ?? ''}`.trim();
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
