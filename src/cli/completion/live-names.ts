import { openSession } from '../commands/host-command.ts';
import type { CliContext } from '../context.ts';
import type { Named } from './candidates.ts';

/** Nobody waits longer for what a tabulator brings. */
const longestMs = 2_000;

/** The names that the host on this machine has; none when it does not answer in time. */
export async function liveNames(context: CliContext, of: Named): Promise<string[]> {
  try {
    const { client } = await openSession(context, {});
    const options = { signal: AbortSignal.timeout(longestMs) };
    if (of === 'contexts') return (await client.cluster.contexts(undefined, options)).map(({ name }) => name);
    if (of === 'presets') return (await client.images.list(undefined, options)).map(({ label }) => label);
    const list = of === 'homes' ? client.homes.list(undefined, options) : client.workspaces.list(undefined, options);
    return (await list).map(({ id }) => id);
  } catch {
    // In the middle of a line that is being typed there is no place to say why.
    return [];
  }
}
