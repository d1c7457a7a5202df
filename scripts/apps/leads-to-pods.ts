import { z } from 'zod';
import { listOf, textOf } from '#contract/bounded.ts';
import { runCommand } from '#local-cluster/run-command.ts';

const routesSchema = listOf(z.object({ dev: textOf(256).optional() }), 4_096);

/**
 * Whether a route of this machine's own leads to an address. The default one leads everywhere, and there a gateway of the network may answer in place of the pods,
 * or somebody's own machine at the same address. Pure; `way` and `byDefault`: what `ip -json route` says of the address, and of the default.
 */
export function isOwnRoute(way: string, byDefault: string): boolean {
  const devices = (text: string) => routesSchema.parse(JSON.parse(text === '' ? '[]' : text)).map(({ dev }) => dev);
  const [device] = devices(way);
  return device !== undefined && !devices(byDefault).includes(device);
}

export async function leadsToPods(address: string): Promise<boolean> {
  const ask = (...words: string[]): Promise<string> =>
    runCommand('ip', ['-json', '-4', 'route', ...words], { doing: 'Reading the routes' }).catch(() => '');
  return isOwnRoute(await ask('get', address), await ask('show', 'default'));
}
