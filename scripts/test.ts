import { progressLines } from '#cli/progress-lines.ts';
import { runScript } from './run-script.ts';
import { type Level, parseTestArguments, usage } from './testing/arguments.ts';
import type { Outcome } from './testing/outcome.ts';
import { Preparation, explain, unavailable } from './testing/preparation.ts';
import { runLevel } from './testing/runners.ts';
import { fullChecks, runChecks } from './testing/static-checks.ts';
import { type LevelResult, summarize } from './testing/summary.ts';

/** `npm test`: the static checks and all levels, or the named ones, and one sum as the last line. */
async function main(): Promise<number> {
  const args = parseTestArguments(process.argv.slice(2));
  if ('error' in args) {
    process.stderr.write(`${args.error}\n\n${usage}`);
    return 2;
  }
  const interrupted = onInterrupt();
  const results: LevelResult[] = [];
  {
    await using preparation = new Preparation(progressLines(), interrupted);
    for (const level of args.levels) {
      if (interrupted.aborted) break;
      process.stdout.write(`\n── ${level} ──\n`);
      const started = performance.now();
      const result = await run(level, args.runner, preparation);
      results.push({ level, seconds: (performance.now() - started) / 1000, ...result });
    }
  }
  const { lines, exitCode } = summarize(results, Boolean(process.env['CI']));
  process.stdout.write(
    `\n${interrupted.aborted ? 'Interrupted: what follows is not the whole.\n' : ''}${lines.join('\n')}\n`,
  );
  return interrupted.aborted ? 130 : exitCode;
}

/** The first signal lets the running level end by itself and what was brought be taken away, instead of ending us here. */
function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

async function run(level: Level, args: string[], preparation: Preparation): Promise<Outcome | { notRun: string }> {
  if (level === 'static') return runChecks(fullChecks);
  const reason = unavailable(level);
  if (reason !== undefined) {
    process.stdout.write(`${reason}\n`);
    return { notRun: reason };
  }
  try {
    return await preparation.for(level, (env) => runLevel(level, args, env));
  } catch (error) {
    process.stderr.write(`The ${level} tests could not begin: ${explain(error)}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

await runScript(main);
