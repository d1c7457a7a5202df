import { progressLines } from '#cli/progress-lines.ts';
import type { ReportProgress } from '#contract/progress.ts';
import { runInForeground } from '../child.ts';
import { root } from '../repository.ts';
import { Preparation, unavailable } from './preparation.ts';
import { playwright } from './runners.ts';

/** What a command of its own has of the end-to-end tests. */
export interface EndToEnd {
  report: ReportProgress;
  /** Aborted by the first signal that this process gets. */
  interrupted: AbortSignal;
  /** Runs Playwright by this configuration in this terminal, with `env` on top of ours, and resolves with its exit code. */
  playwright(config: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<number>;
}

/** Runs `run` with all that end-to-end tests need, and takes it away again. Resolves with an exit code: 1 where this machine cannot have it. */
export async function withEndToEnd(run: (tools: EndToEnd) => Promise<number>): Promise<number> {
  const reason = unavailable('e2e');
  if (reason !== undefined) {
    process.stderr.write(`${reason}\n`);
    return 1;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  const report = progressLines();
  await using preparation = new Preparation(report, interrupt.signal);
  return await preparation.for('e2e', (prepared) =>
    run({
      report,
      interrupted: interrupt.signal,
      playwright: (config, args, env = {}) =>
        runInForeground(process.execPath, [...playwright(), '--config', config, ...args], {
          cwd: root,
          env: { ...process.env, ...prepared, ...env },
        }),
    }),
  );
}
