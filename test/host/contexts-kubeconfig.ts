import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

/** One context of a kubeconfig that a test writes: where it leads, and to which namespace there. */
export interface WrittenContext {
  name: string;
  /** A kubeconfig whose current context it is otherwise; absent: nothing listens there. */
  like?: string;
  namespace?: string;
}

export interface ContextsKubeconfig extends AsyncDisposable {
  path: string;
  folder: string;
  /** Writes it anew. The first context is the current one. */
  write(contexts: readonly WrittenContext[]): Promise<void>;
}

const kubeconfigSchema = z.looseObject({
  'current-context': z.string(),
  clusters: z.array(z.looseObject({ name: z.string(), cluster: z.looseObject({}) })),
  users: z.array(z.looseObject({ name: z.string(), user: z.looseObject({}) })),
  contexts: z.array(
    z.looseObject({ name: z.string(), context: z.looseObject({ cluster: z.string(), user: z.string() }) }),
  ),
});

async function entriesOf({ name, like, namespace }: WrittenContext) {
  const dead = { cluster: { server: 'https://127.0.0.1:1' }, user: {} };
  const found = like === undefined ? dead : await currentOf(like);
  const own = { cluster: name, user: name, ...(namespace === undefined ? {} : { namespace }) };
  return { name, cluster: found.cluster, user: found.user, context: own };
}

async function currentOf(path: string) {
  const config = kubeconfigSchema.parse(parse(await readFile(path, 'utf8')));
  const context = config.contexts.find(({ name }) => name === config['current-context'])?.context;
  const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === context?.user)?.user;
  if (cluster === undefined || user === undefined) throw new Error(`${path} has no current context.`);
  return { cluster, user };
}

/** For tests: a kubeconfig with several contexts in a folder of its own. */
export async function contextsKubeconfig(contexts: readonly WrittenContext[]): Promise<ContextsKubeconfig> {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-contexts-'));
  const path = join(folder, 'kubeconfig');
  const write = async (wanted: readonly WrittenContext[]): Promise<void> => {
    const all = await Promise.all(wanted.map(entriesOf));
    const text = stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': all[0]?.name,
      clusters: all.map(({ name, cluster }) => ({ name, cluster })),
      users: all.map(({ name, user }) => ({ name, user })),
      contexts: all.map(({ name, context }) => ({ name, context })),
    });
    await writeFile(path, text, { mode: 0o600 });
  };
  await write(contexts);
  return { path, folder, write, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
