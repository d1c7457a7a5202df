import { expect, test, vi } from 'vitest';
import type { Peer } from '#contract/identity.ts';
import { createLog } from '../observability/log.ts';
import { createGate } from './gate.ts';

const peer = (...grants: object[]): Peer => ({
  kind: 'peer',
  login: 'bob',
  device: { name: 'bobs-phone', id: 'n1' },
  tags: [],
  capabilities: grants.map((grant) => JSON.stringify(grant)),
});

/** A host without a cluster, where what the tailnet grants is all there is. */
function host(first: Peer) {
  let now: Peer | undefined = first;
  let changed = (): void => undefined;
  const gate = createGate({
    cluster: { openSession: undefined, onSession: () => () => undefined },
    localUser: 'me',
    peers: { now: () => now, onChange: (listener) => (changed = listener) },
    log: createLog({ level: 'silent' }),
  });
  const become = (next: Peer | undefined): void => {
    now = next;
    changed();
  };
  return { gate, become };
}

const opens = { actions: ['view', 'open'] };
const views = { actions: ['view'] };

test.each([
  ['keep what they may', peer(opens, views), false],
  ['lose what was taken from them', peer(views), true],
  ['lose all when they are not known any more', undefined, true],
])('peers whose grants change %s', (_what, next, ends) => {
  const { gate, become } = host(peer(opens));
  const [end, local] = [vi.fn(), vi.fn()];
  gate.hold({ who: peer(opens), action: 'open', id: 'a' }, end);
  gate.hold({ who: { kind: 'local' }, action: 'open', id: 'a' }, local);
  become(next);
  expect(end).toHaveBeenCalledTimes(ends ? 1 : 0);
  become(next);
  expect(end).toHaveBeenCalledTimes(ends ? 1 : 0);
  expect(local).not.toHaveBeenCalled();
});

test('a stream that was chosen by what they might see ends when that is another, and not because others have changed', () => {
  const { gate, become } = host(peer(views));
  const end = vi.fn();
  gate.untilChange(peer(views), end);
  become(peer(views));
  expect(end).not.toHaveBeenCalled();
  become(peer(views, opens));
  expect(end).toHaveBeenCalledTimes(1);
});
