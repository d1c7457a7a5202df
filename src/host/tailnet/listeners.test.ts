import { expect, test, vi } from 'vitest';
import { createLog } from '../observability/log.ts';
import { createListeners } from './listeners.ts';
import type { NodeCommand } from './node-messages.ts';

/** A node that takes a turn for each word, and refuses these ports. */
function node(refused: readonly number[] = []) {
  const told: string[] = [];
  return {
    told,
    async command(command: NodeCommand) {
      await Promise.resolve();
      if (!('port' in command)) throw new Error('Not asked here.');
      told.push(`${command.do} ${String(command.port)}`);
      if (refused.includes(command.port)) throw new Error('It is refused.');
      return { id: 1 };
    },
  };
}
const lines: string[] = [];
const log = createLog({ level: 'warn', destination: { write: (line) => lines.push(line) } });

test('what is wanted before there is a node is told to each that starts', async () => {
  const listeners = createListeners(log);
  await listeners.want(new Set([443, 80]));
  const [first, second] = [node(), node()];
  listeners.use(first);
  await listeners.want(new Set([443, 80]));
  listeners.use(undefined);
  listeners.use(second);
  await listeners.want(new Set([443, 80]));
  expect(first.told).toEqual(['listen 443', 'listen 80']);
  expect(second.told).toEqual(['listen 443', 'listen 80']);
});

test('only what is another is told, in order, though nobody waits', async () => {
  const listeners = createListeners(log);
  const one = node();
  listeners.use(one);
  const all = [new Set([443, 1]), new Set([443]), new Set([443, 1]), new Set([443, 2])].map((ports) =>
    listeners.want(ports),
  );
  await Promise.all(all);
  const open = new Set<string>();
  for (const word of one.told) {
    const [what, port = ''] = word.split(' ');
    if (what === 'listen') open.add(port);
    else open.delete(port);
  }
  expect([...open]).toEqual(['443', '2']);
  expect(one.told.filter((word) => word === 'listen 443')).toHaveLength(1);
});

test('a port that is refused is said, costs no other and is tried again with the next change', async () => {
  const listeners = createListeners(log);
  const one = node([7]);
  await listeners.want(new Set([7, 8]));
  listeners.use(one);
  await vi.waitFor(() => expect(one.told).toEqual(['listen 7', 'listen 8']), { timeout: 30_000 });
  expect(lines.join('')).toContain('could not be opened');
  await listeners.want(new Set([7, 8]));
  expect(one.told).toEqual(['listen 7', 'listen 8', 'listen 7']);
});
