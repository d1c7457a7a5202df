import { access, constants } from 'node:fs/promises';
import { GuildNetError } from '#contract/errors.ts';
import { clusterProblem, serverUrl, userProblem } from './check-entries.ts';
import type { EntryProblem } from './check-entries.ts';
import type { Entries, Entry } from './entries.ts';
import { badKubeconfig, unreadable } from './problem.ts';
import type { ClusterFields, UserFields } from './schema.ts';

/** The cluster that a context names, the user in it, and nothing else of the kubeconfig. Paths are absolute. */
export interface Choice {
  context: string;
  /** The context's own namespace, where it names one. */
  namespace: string | undefined;
  /** Without a query. Its user and password, where it has some, are secrets. */
  server: URL;
  cluster: Entry<ClusterFields>;
  user: Entry<UserFields>;
}

/**
 * Selects `wanted`, or the current context, of what `source` (the kubeconfigs, as they are named) has, and checks what client-go
 * checks of it; what no request needs may be wrong. Throws `no_cluster` where nothing is selected, and `bad_config`.
 */
export async function chooseContext(source: string, entries: Entries, wanted: string | undefined): Promise<Choice> {
  const name = wanted ?? entries.currentContext;
  const names = [...entries.contexts.keys()];
  const has = names.length === 0 ? 'It has no contexts.' : `It has: ${names.join(', ')}.`;
  const pick = `Choose one: kubectl config use-context ${names[0] ?? ''}`;
  if (name === '') {
    throw new GuildNetError('no_cluster', `The kubeconfig ${source} names no current context. ${has}`, {
      remedy: names.length === 0 ? 'Add a cluster to it, or use the local cluster.' : pick,
    });
  }
  const context = entries.contexts.get(name);
  if (context === undefined) {
    throw new GuildNetError('bad_config', `The kubeconfig ${source} has no context "${name}". ${has}`, {
      remedy: names.length === 0 ? 'Add the context to the file.' : pick,
    });
  }
  const named = (kind: 'cluster' | 'user', of: string): GuildNetError =>
    badKubeconfig(context.file, `${at(context)}the context "${name}" names the ${kind} "${of}", which is not there`, {
      line: context.line,
    });
  const clusterName = context.fields.cluster ?? '';
  const userName = context.fields.user ?? '';
  const cluster = entries.clusters.get(clusterName);
  if (cluster === undefined) throw named('cluster', clusterName);
  // A context without a user is anonymous.
  const user = entries.users.get(userName) ?? (userName === '' ? { ...context, name: '', fields: {} } : undefined);
  if (user === undefined) throw named('user', userName);
  check('cluster', cluster, clusterProblem(cluster.fields));
  check('user', user, userProblem(user.fields));
  const server = serverUrl(cluster.fields.server ?? '');
  if (server === undefined) throw new TypeError('a server that was checked has no address');
  await findFiles(cluster, user);
  return { context: name, namespace: context.fields.namespace || undefined, server, cluster, user };
}

const at = ({ line }: Entry<unknown>): string => (line === undefined ? '' : `line ${line}: `);

function check(kind: 'cluster' | 'user', entry: Entry<unknown>, problem: EntryProblem | undefined): void {
  if (problem === undefined) return;
  const words = `${at(entry)}${problem.field} of the ${kind} "${entry.name}" ${problem.problem}`;
  throw badKubeconfig(entry.file, words, { line: entry.line });
}

/** A file that is named has to be there now, and is read when it is needed. */
async function findFiles(cluster: Entry<ClusterFields>, user: Entry<UserFields>): Promise<void> {
  const { tokenFile, token, ...rest } = user.fields;
  const files: [Entry<unknown>, string, string | null | undefined][] = [
    [cluster, 'certificate-authority', cluster.fields['certificate-authority']],
    [user, 'client-certificate', rest['client-certificate']],
    [user, 'client-key', rest['client-key']],
    // A token beside it stands in until the file is there.
    [user, 'tokenFile', token ? undefined : tokenFile],
  ];
  for (const [entry, field, file] of files) {
    if (!file) continue;
    await access(file, constants.R_OK).catch((cause: unknown) => {
      throw badKubeconfig(
        entry.file,
        `${at(entry)}${field} of "${entry.name}" names ${file}, which ${unreadable(cause)}`,
        {
          cause,
          line: entry.line,
          remedy: 'Correct the kubeconfig or restore the file.',
        },
      );
    });
  }
}
