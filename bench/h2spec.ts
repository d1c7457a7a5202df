import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { createAuthority, openAuthority } from '#host/certs/authority.ts';
import { ensureGoProgram } from '#local-cluster/build/build-go-program.ts';
import type { GoProgram } from '#local-cluster/build/go-programs.ts';
import { findGoToolchain } from '#local-cluster/build/go-toolchain.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { startFront } from '#test/proxy/front.ts';
import { startManyManneredServer } from '#test/proxy/leaks/many-mannered-server.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { readVerdicts } from './h2spec/verdicts.ts';

const usage = `Usage: npm run bench:h2spec -- [options]
Runs h2spec, the conformance suite of HTTP/2 (RFC 9113, HPACK), against the host's listener and against a bare server of Node's.
What fails with both is Node's; what fails with ours alone is ours, and ends this with 1.

Options:
  --json   print the result as JSON
  --help   show this text
`;

const h2spec: GoProgram = {
  name: 'h2spec',
  title: 'h2spec',
  packages: { 'github.com/summerwind/h2spec/cmd/h2spec': 'h2spec' },
};
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

async function main(): Promise<number> {
  const values = benchArguments(usage, {});
  if (values === undefined) return 0;
  const report = progressLines();
  const local = { cacheDir: defaultPaths(process.env).cache, report, recipeDir: folder('../src/local-cluster/recipe') };
  const built = await ensureGoProgram({ ...local, recipeDir: folder('recipe') }, h2spec, () => findGoToolchain(local));
  const program = join(built, h2spec.name);
  await using owned = new AsyncDisposableStack();
  const workspace = owned.use(await startManyManneredServer());
  const front = owned.use(await startFront(workspace.port));
  report({ step: 'Asking guildnet' });
  const ours = await verdictsOn(program, front.port);
  report({ step: 'Asking Node alone' });
  const node = await verdictsOn(program, await bareServer(owned));
  const known = new Set(node.failed);
  const own = ours.failed.filter((name) => !known.has(name));
  if (values.json) process.stdout.write(`${JSON.stringify({ ours, node, own })}\n`);
  else {
    const row = (name: string, { passed, failed }: typeof ours) => [name, String(passed), String(failed.length)];
    process.stdout.write(
      `${formatTable([['', 'passed', 'failed'], row('guildnet', ours), row('Node alone', node)])}\n`,
    );
    for (const name of ours.failed) process.stdout.write(`${known.has(name) ? 'both' : 'ours'}: ${name}\n`);
  }
  return own.length === 0 ? 0 : 1;
}

async function bareServer(owned: AsyncDisposableStack): Promise<number> {
  const pair = await openAuthority(await createAuthority()).issue(['localhost']);
  const server = createSecureServer({ ...pair, allowHTTP1: true }, (_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  owned.defer(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function verdictsOn(program: string, port: number) {
  const args = ['-h', 'localhost', '-p', String(port), '-t', '-k', '--timeout', '4'];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const output = await text(child.stdout);
  await closed;
  return readVerdicts(output);
}

await runScript(main);
