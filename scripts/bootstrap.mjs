// The first thing that runs in a fresh clone: `node scripts/bootstrap.mjs <file.ts> [arguments…]`.
// Plain JavaScript without dependencies for any Node ≥ 20: it brings the npm packages, finds a Node 24 and hands over to the file.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmCommand } from './npm-command.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.cache', 'guildnet', 'installed');
const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');
const wantedMajor = 24;

/**
 * What of a package-lock.json entry is read here. npm writes one name or a list for `os` and `cpu`.
 * @typedef {{ integrity?: string, optional?: boolean, os?: string | string[], cpu?: string | string[], libc?: string | string[] }} LockEntry
 */

/**
 * Says what went wrong and what to do about it, and ends with exit code 1.
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** @param {string} text @returns {Record<string, LockEntry>} */
function lockEntries(text) {
  const lock = /** @type {{ packages: Record<string, LockEntry> }} */ (JSON.parse(text));
  const { '': _ourselves, ...packages } = lock.packages;
  return packages;
}

/**
 * Whether a lockfile entry has to be there on this machine; most optional ones are for other platforms.
 * @param {LockEntry} entry
 */
function neededHere({ optional, os = [], cpu = [], libc }) {
  if (!optional) return true;
  return [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch) && libc === undefined;
}

/**
 * Whether a person's own `npm ci` already brought everything. npm writes `node_modules/.package-lock.json` as its
 * last step, so a half-done installation has none.
 */
function installedByHand() {
  const written = join(modules, '.package-lock.json');
  if (!existsSync(written)) return false;
  const present = lockEntries(readFileSync(written, 'utf8'));
  return Object.entries(lockEntries(lockfile)).every(
    ([path, entry]) => !neededHere(entry) || (path in present && present[path]?.integrity === entry.integrity),
  );
}

/** Replaces node_modules by what the lockfile says; npm is heard only when it fails. */
function installPackages() {
  process.stderr.write('Installing the npm packages (a minute or two on the first run) …\n');
  const started = performance.now();
  const { program, prefix, shell } = npmCommand();
  // Development tools are needed here, whatever NODE_ENV or `npm -s` ask for.
  const args = [...prefix, 'ci', '--include=dev', '--include=optional', '--loglevel=error', '--no-progress'];
  const npm = spawnSync(program, args, { cwd: root, encoding: 'utf8', shell, stdio: ['ignore', 'pipe', 'pipe'] });
  if (npm.status !== 0) {
    // npm says why first and what else could be said after it.
    const said = `${npm.stdout ?? ''}${npm.stderr ?? ''}`.trim().split('\n').slice(0, 20).join('\n');
    const cause = npm.error ? `npm could not be started: ${npm.error.message}` : `npm ci failed:\n${said}`;
    fail(`${cause}\nCheck that npm is installed and reaches its registry, then run the same command again.`);
  }
  process.stderr.write(`Installed in ${Math.round((performance.now() - started) / 1000)} s.\n`);
}

/** Sets the pre-commit hook in a git checkout; never a reason to stop. npm's install scripts are not relied on for it. */
function installHooks() {
  if (process.env.CI || !existsSync(join(root, '.git'))) return;
  const cli = join(modules, 'simple-git-hooks', 'cli.js');
  const hooks = spawnSync(process.execPath, [cli], { cwd: root, encoding: 'utf8' });
  if (hooks.status !== 0) process.stderr.write(`The pre-commit hook was not set: ${hooks.stderr ?? ''}\n`);
}

/** Brings node_modules in step with the lockfile, unless the stamp says that it is. */
function ensurePackages() {
  const wanted = `${createHash('sha256').update(lockfile).digest('hex')} ${process.platform} ${process.arch}\n`;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  if (!installedByHand()) installPackages();
  installHooks();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted);
}

/** The Node that the optional npm packages `node-<platform>-<arch>` bring, otherwise the running one when it is new enough. */
function findNode() {
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const bundled = join(modules, name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(bundled)) return bundled;
  if (Number.parseInt(process.versions.node, 10) >= wantedMajor) return process.execPath;
  return fail(
    `GuildNet runs on Node ${wantedMajor} or newer. This is Node ${process.versions.node}, and npm brings none for ${process.platform} ${process.arch}.\n` +
      `Install it (https://nodejs.org, "brew install node@${wantedMajor}" or "nvm install ${wantedMajor}") and run the same command again.`,
  );
}

/**
 * Runs the file in place of this process: same terminal, signals passed on, same ending.
 * @param {string[]} command
 */
function handOver([file, ...args]) {
  if (file === undefined) fail('Usage: node scripts/bootstrap.mjs <file.ts> [arguments…]');
  const child = spawn(findNode(), [resolve(root, file), ...args], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  // npm passes a signal to the shell between it and us; the shell dies of it and tells nobody. So its death is a signal, too.
  const parent = process.ppid;
  const shellDied = () => process.ppid !== parent && child.kill('SIGTERM');
  if (process.env.npm_lifecycle_event !== undefined) setInterval(shellDied, 500).unref();
  child.on('error', (error) => fail(`Node ${wantedMajor} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    // Ended by a signal: end by the same one, so that the shell is told the truth.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

ensurePackages();
handOver(process.argv.slice(2));
