import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ReportProgress } from '#contract/progress.ts';
import { ensureArtefact } from '#local-cluster/build/artefact.ts';
import { ensurePip } from '#local-cluster/build/go-wheel.ts';
import { recipeFiles, recipeHash } from '#local-cluster/build/recipe-hash.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { runCommand } from '#local-cluster/run-command.ts';
import type { StartedHost } from '#test/host/started-host.ts';

const recipe = join(import.meta.dirname, 'recipe');

/** schemathesis (https://schemathesis.readthedocs.io), as its recipe pins it by hash: the folder that Python has to look into. */
async function ensureSchemathesis(report: ReportProgress): Promise<string> {
  const context = { recipeDir: recipe, cacheDir: defaultPaths(process.env).cache, report };
  const hash = recipeHash(await recipeFiles(recipe), { arch: process.arch, layout: 1 });
  return ensureArtefact(context, 'schemathesis', hash, async (folder) => {
    await ensurePip(context);
    const doing = 'Fetching schemathesis';
    report({ step: doing });
    const quietly = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore'];
    const pinned = ['--no-deps', '--only-binary', ':all:', '--require-hashes'];
    await runCommand(
      'python3',
      ['-m', 'pip', 'install', ...quietly, ...pinned, '-r', join(recipe, 'requirements.txt'), '--target', folder],
      { doing, remedy: 'Mend the cause above (often the network) and run it again.' },
    );
  });
}

/**
 * What is not asked: programs answer below /proxy themselves, streams have no end, the others sign the asking one out, build or
 * stop a cluster, take its images away, connect anew in the middle of everything, look at the whole computer, or name hosts at random.
 */
const excluded = [
  // A schema cannot say everything: a label that is taken, a tag of before, an image that is none.
  '--exclude-checks',
  'positive_data_acceptance',
  '--exclude-path-regex',
  String.raw`^/(?:(?:proxy|sign-in|enter|sse)\b|api/(?:cluster/(?:local(?:/stop|/images/remove)?|retry)|watch|session|doctor|proxy-debug)$)`,
];

/** A workspace that is stopped or just starting is told of as 503; that the document has it for the call that was answered so is another check's. */
const serverErrors = `[checks]
not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", 503]
`;

export interface SchemathesisOptions {
  /** How many examples of each operation are made up. */
  maxExamples: number;
  /** Seconds after which no more are begun; without it the same examples are asked each time, and those that cover each corner of a schema are left out. */
  maxTime?: number;
  report?: ReportProgress;
}

/**
 * Asks a host all that its own document says can be asked, and much that it says cannot, and holds the answers against the document: no
 * 5xx but those that are told of, no status and no media type that is not there, no body that breaks its schema, and nothing that is wrong taken for right.
 */
export async function runSchemathesis(
  host: Pick<StartedHost, 'url' | 'ca' | 'token'>,
  { maxExamples, maxTime, report = () => undefined }: SchemathesisOptions,
): Promise<{ code: number | null; output: string }> {
  const modules = await ensureSchemathesis(report);
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-schemathesis-'));
  try {
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, host.ca);
    // A command line is everybody's to read.
    const config = join(folder, 'schemathesis.toml');
    await writeFile(config, `[headers]\nAuthorization = "Bearer ${host.token}"\n\n${serverErrors}`, { mode: 0o600 });
    const args = [
      ...['--config-file', config, 'run', `${host.url}/api/openapi.json`],
      ...['--max-examples', String(maxExamples)],
      ...(maxTime === undefined
        ? ['--phases', 'fuzzing', '--generation-deterministic']
        : ['--phases', 'coverage,fuzzing', '--generation-database', 'none', '--max-time', String(maxTime)]),
      // Ten seconds otherwise, which a busy machine needs for one answer.
      ...['--request-timeout', '120', '--tls-verify', caFile, '--no-color'],
      ...['--continue-on-failure', ...excluded],
    ];
    const program = 'import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())';
    const child = spawn('python3', ['-c', program, ...args], {
      cwd: folder,
      env: { ...process.env, PYTHONPATH: modules, PYTHONDONTWRITEBYTECODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = once(child, 'close');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    await closed;
    return { code: child.exitCode, output: `${out}${err}` };
  } finally {
    await rm(folder, { recursive: true });
  }
}
