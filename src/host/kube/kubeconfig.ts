import { readFile } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import type { Context } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import { kubeconfigSchema } from './kubeconfig-schema.ts';
import { LineCounter, parseDocument } from 'yaml';

/**
 * Reads one kubeconfig or several (joined by the platform's delimiter; of two entries with one name the first wins, as
 * kubectl has it) and selects `context`, or the current one. Throws `bad_config` naming the file, the line where it can
 * be known, and the remedy; never a value of the file, because any value may be a secret.
 */
export async function loadKubeconfig(path: string, context?: string): Promise<KubeConfig> {
  const files = path.split(delimiter).filter((file) => file !== '');
  const config = new KubeConfig();
  for (const file of files) merge(config, await loadFile(file));
  select(config, path, context);
  return config;
}

async function loadFile(file: string): Promise<KubeConfig> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  checkKubeconfigText(file, text);
  const config = new KubeConfig();
  try {
    config.loadFromString(text);
  } catch (error) {
    throw bad(file, 'it is not a kubeconfig', error);
  }
  config.makePathsAbsolute(dirname(file));
  adoptTokenFiles(config, text);
  return config;
}

/** Throws `bad_config` with file and line unless `text` is YAML in the shape of a kubeconfig. */
export function checkKubeconfigText(file: string, text: string): void {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const error = document.errors[0];
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw bad(file, `line ${line}, column ${col}: not YAML (${error.code.toLowerCase().replaceAll('_', ' ')})`, error, {
      line,
    });
  }
  const result = kubeconfigSchema.safeParse(document.toJS());
  if (result.success) return;
  const issue = result.error.issues[0];
  const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const range =
    node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range)
      ? (node.range as number[])
      : undefined;
  const line = range?.[0] === undefined ? undefined : lines.linePos(range[0]).line;
  const where = path.length === 0 ? 'the file' : path.join('.');
  const words = `${line === undefined ? '' : `line ${line}: `}${where} is not what a kubeconfig has there (${issue?.message ?? 'unknown'})`;
  throw bad(file, words, undefined, line === undefined ? {} : { line });
}

function merge(into: KubeConfig, from: KubeConfig): void {
  const fresh = <T extends { name: string }>(have: T[], more: T[]): T[] =>
    more.filter((one) => !have.some((other) => other.name === one.name));
  into.clusters = [...into.clusters, ...fresh(into.clusters, from.clusters)];
  into.users = [...into.users, ...fresh(into.users, from.users)];
  into.contexts = [...into.contexts, ...fresh(into.contexts, from.contexts)];
  into.currentContext ||= from.currentContext;
}

/** client-node looks for `token-file`; the field's name is `tokenFile`. */
function adoptTokenFiles(config: KubeConfig, text: string): void {
  const parsed = kubeconfigSchema.parse(parseDocument(text).toJS());
  const tokenFiles = new Map((parsed.users ?? []).map((entry) => [entry.name, entry.user?.tokenFile]));
  config.users = config.users.map((user) => {
    const tokenFile = tokenFiles.get(user.name);
    return tokenFile === undefined || user.token !== undefined
      ? user
      : { ...user, authProvider: { name: 'tokenFile', config: { tokenFile } } };
  });
}

function select(config: KubeConfig, path: string, wanted: string | undefined): void {
  const names = config.contexts.map((context) => context.name);
  const choice = names.length === 0 ? 'The file has no contexts.' : `It has: ${names.join(', ')}.`;
  const context = wanted ?? config.currentContext;
  if (context === undefined || context === '') {
    throw new GuildNetError('no_cluster', `The kubeconfig ${path} names no current context. ${choice}`, {
      remedy:
        names.length === 0
          ? 'Add a cluster to it, or use the local cluster.'
          : `Choose one: kubectl config use-context ${names[0] ?? ''}`,
    });
  }
  const found = config.contexts.find((one) => one.name === context);
  if (found === undefined) {
    throw new GuildNetError('bad_config', `The kubeconfig ${path} has no context "${context}". ${choice}`, {
      remedy:
        names.length === 0
          ? 'Add the context to the file.'
          : `Choose one: kubectl config use-context ${names[0] ?? ''}`,
    });
  }
  config.setCurrentContext(context);
  if (config.getCluster(found.cluster) === null)
    throw bad(path, `context "${context}" names the cluster "${found.cluster}", which it does not have`);
  if (!found.user) useAnonymous(config, found);
  else if (config.getUser(found.user) === null)
    throw bad(path, `context "${context}" names the user "${found.user}", which it does not have`);
  const cluster = config.getCluster(found.cluster);
  // client-node refuses http:// unless TLS verification is off; without TLS there is nothing to verify.
  if (cluster?.server.startsWith('http:') === true)
    config.clusters = config.clusters.map((one) => (one.name === cluster.name ? { ...one, skipTLSVerify: true } : one));
}

/** A context without a user is anonymous; client-node forgets the cluster's CA unless some user is named. */
function useAnonymous(config: KubeConfig, context: Context): void {
  const name = 'guildnet:anonymous';
  config.users = [...config.users, { name }];
  config.contexts = config.contexts.map((one) => (one.name === context.name ? { ...one, user: name } : one));
}

function unreadable(file: string, cause: unknown): GuildNetError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') {
    return new GuildNetError('bad_config', `The kubeconfig ${file} does not exist.`, {
      remedy: 'Correct KUBECONFIG, or unset it to use ~/.kube/config.',
      cause,
    });
  }
  const words =
    code === 'EACCES' ? 'may not be read by this user' : code === 'EISDIR' ? 'is a folder' : 'cannot be read';
  return new GuildNetError('bad_config', `The kubeconfig ${file} ${words}.`, {
    remedy: 'Correct KUBECONFIG or the file’s permissions.',
    cause,
  });
}

function bad(file: string, problem: string, cause?: unknown, details: Record<string, unknown> = {}): GuildNetError {
  return new GuildNetError('bad_config', `The kubeconfig ${file} cannot be used: ${problem}.`, {
    remedy: 'Correct the file; `kubectl config view` shows how kubectl reads it.',
    details: { file, ...details },
    cause,
  });
}
