import { delimiter } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import { chooseContext } from './choose.ts';
import type { Choice } from './choose.ts';
import { entriesOf, mergeEntries } from './entries.ts';
import type { Entries } from './entries.ts';
import { listContexts } from './list-contexts.ts';
import type { ListedContext } from './list-contexts.ts';
import { parseKubeconfig } from './parse.ts';
import { badKubeconfig, unreadable } from './problem.ts';
import { readText } from './read-text.ts';

/**
 * Reads one kubeconfig or several, joined by the platform's delimiter, as client-go's rules say (ClientConfigLoadingRules.Load:
 * missing files of a list are passed over, empty ones add nothing, a broken one refuses all), and selects `context`, or the current
 * one. Throws `bad_config` naming file, line and field, and the remedy; `no_cluster` where no context is selected. Never a value that
 * may be a secret.
 */
export async function loadKubeconfig(path: string, context?: string): Promise<Choice> {
  return chooseContext(path, await readAll(path), context);
}

/** All contexts of the same files. Throws `bad_config` as above. */
export async function loadContexts(path: string): Promise<ListedContext[]> {
  return listContexts(await readAll(path));
}

async function readAll(path: string): Promise<Entries> {
  const files = [...new Set(path.split(delimiter))].filter((file) => file !== '');
  const found = await Promise.all(files.map((file) => readEntries(file)));
  const there = found.filter((entries) => entries !== undefined);
  if (there.length === 0 && files.length > 0) throw missing(files);
  return mergeEntries(there);
}

/** Undefined: there is no such file. */
async function readEntries(file: string): Promise<Entries | undefined> {
  let text: string;
  try {
    text = await readText(file);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    if (cause instanceof RangeError) throw badKubeconfig(file, cause.message, { cause });
    throw new GuildNetError('bad_config', `The kubeconfig ${file} ${unreadable(cause)}.`, {
      remedy: 'Correct KUBECONFIG or the file’s permissions.',
      details: { file },
      cause,
    });
  }
  return entriesOf(parseKubeconfig(file, text));
}

function missing(files: readonly string[]): GuildNetError {
  const words =
    files.length === 1
      ? `The kubeconfig ${files[0] ?? ''} does not exist.`
      : `None of the kubeconfigs ${files.join(', ')} exists.`;
  return new GuildNetError('bad_config', words, { remedy: 'Correct KUBECONFIG, or unset it to use ~/.kube/config.' });
}
