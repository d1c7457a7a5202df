import { progressLines } from '#cli/progress-lines.ts';
import { runSchemathesis } from '#test/api/schemathesis.ts';
import { startHost } from '#test/host/started-host.ts';
import { ownControlPlane } from '#test/own-control-plane.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:fuzz-api -- [options]
Has schemathesis ask a host, on a control plane of its own, what its OpenAPI document says and does not say, and prints each answer
that is not as the document has it.

Options:
  --examples <n>  how many examples of each operation, new ones each time (default 500)
  --minutes <n>   after how many minutes no more are begun (default 60)
  --json          print the result as JSON
  --help          show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { examples: '500', minutes: '60' });
  if (values === undefined) return 0;
  const maxExamples = wholeNumber('--examples', values.examples);
  const maxTime = 60 * wholeNumber('--minutes', values.minutes);
  const report = progressLines();
  report({ step: 'Starting a control plane' });
  await using plane = await ownControlPlane('fuzz-api');
  const { name: namespace, kubeconfigPath } = plane.namespace;
  await using started = await startHost({ kubeconfigPath, namespace });
  await started.reached('online');
  report({ step: 'Asking' });
  const began = performance.now();
  const { code, output } = await runSchemathesis(started, { maxExamples, maxTime, report });
  const seconds = Math.round((performance.now() - began) / 1_000);
  if (values.json) process.stdout.write(`${JSON.stringify({ examples: maxExamples, seconds, code, output })}\n`);
  else process.stdout.write(`${output}\n`);
  return code === 0 ? 0 : 1;
}

await runScript(main);
