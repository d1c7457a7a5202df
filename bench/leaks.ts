import { findLeaks } from '#test/proxy/leaks/find-leaks.ts';
import type { HostFigures } from '#test/proxy/leaks/host-messages.ts';
import { formatTable } from '#cli/output/table.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:leaks -- [options]
Lets a host with a heap of 96 MB carry WebSockets, requests and aborted requests, and tells what it holds after each: megabytes
after a forced collection, tunnels and descriptors. A tenth of it is part of npm test.

Options:
  --web-sockets <n>  how many are opened, used and closed (default 100000)
  --requests <n>     how many are answered (default 100000)
  --aborts <n>       how many clients leave in the middle (default 10000)
  --json             print the figures as JSON
  --help             show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { 'web-sockets': '100000', requests: '100000', aborts: '10000' });
  if (values === undefined) return 0;
  const seen: ({ what: string; seconds: number } & HostFigures)[] = [];
  let began = performance.now();
  const problems = await findLeaks({
    webSockets: wholeNumber('--web-sockets', values['web-sockets']),
    requests: wholeNumber('--requests', values.requests),
    aborts: wholeNumber('--aborts', values.aborts),
    tell(what, figures) {
      seen.push({ what, seconds: Math.round((performance.now() - began) / 1_000), ...figures });
      began = performance.now();
      process.stderr.write(`${what}: ${figures.megabytes.toFixed(1)} MB\n`);
    },
  });
  if (values.json) process.stdout.write(`${JSON.stringify({ seen, problems })}\n`);
  else {
    const rows = seen.map(({ what, seconds, megabytes, tunnels, descriptors }) =>
      [what, seconds, megabytes.toFixed(1), tunnels, descriptors].map(String),
    );
    process.stdout.write(`${formatTable([['after', 's', 'MB', 'tunnels', 'descriptors'], ...rows])}\n`);
    process.stdout.write(problems.length === 0 ? 'Nothing is left over.\n' : `${problems.join('\n')}\n`);
  }
  return problems.length === 0 ? 0 : 1;
}

await runScript(main);
