import { runScript } from './run-script.ts';
import { commitChecks, fullChecks, isCheck, runChecks } from './testing/static-checks.ts';

/** `npm run check`: all static checks, the named ones, or with `pre-commit` what a commit has to pass. */
async function main(): Promise<number> {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => name !== 'pre-commit' && !isCheck(name));
  if (unknown !== undefined) {
    process.stderr.write(`"${unknown}" is no check. There are: pre-commit, ${fullChecks.join(', ')}, layers.\n`);
    return 2;
  }
  const chosen = names.flatMap((name) => (isCheck(name) ? [name] : commitChecks));
  const { failed } = await runChecks(chosen.length === 0 ? fullChecks : chosen);
  return failed === 0 ? 0 : 1;
}

await runScript(main);
