import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Stripping types and compiling is most of a command's start, and the second run takes both from this cache. It serves
// only what is imported after it, hence the dynamic import.
enableCompileCache();
const { run } = await import('./program.ts');

const root = fileURLToPath(new URL('../..', import.meta.url));

// `guildnet … | head`: whoever read has seen enough, which is no failure. A full disk is one.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`error: What this command prints cannot be written: ${error.message}.\n`, () => process.exit(1));
});
// Nobody reads what goes wrong, which changes nothing of what is done.
process.stderr.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  root,
  version: versionIn(`${root}package.json`),
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
});

function versionIn(packageFile: string): string {
  const content: unknown = JSON.parse(readFileSync(packageFile, 'utf8'));
  if (typeof content === 'object' && content !== null && 'version' in content) return String(content.version);
  throw new Error(`${packageFile} has no version.`);
}
