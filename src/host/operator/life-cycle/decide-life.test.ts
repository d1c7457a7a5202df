import { expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { aPod, aWorkspace } from '#test/operator/objects.ts';
import { decideLife } from './decide-life.ts';

const created = '2026-03-01T12:00:00Z';
const at = (time: string): Date => new Date(`2026-03-01T${time}Z`);
const serving = aPod({ conditions: { Ready: 'True' }, created: '2026-03-01T13:00:00Z' });
const starting = aPod({ conditions: { Ready: 'False' }, created: '2026-03-01T13:00:00Z' });

interface Row {
  what: string;
  spec: Partial<WorkspaceSpec>;
  now: string;
  active?: string;
  pods?: ReturnType<typeof aPod>[];
  going?: true;
  step: object;
}

const idle = (stopAfter: string): Partial<WorkspaceSpec> => ({ idle: { stopAfter } });

test.each<Row>([
  { what: 'nothing is said of time', spec: {}, now: '23:00:00', step: { do: 'nothing' } },
  { what: 'ttl is not over', spec: { ttl: '1h' }, now: '12:59:59', step: { do: 'wait', ms: 1000 } },
  { what: 'ttl is over', spec: { ttl: '1h' }, now: '13:00:00', step: { do: 'delete' } },
  {
    what: 'ttl is over for a stopped one too',
    spec: { ttl: '1h', running: false },
    now: '14:00:00',
    step: { do: 'delete' },
  },
  { what: 'it is on its way out already', spec: { ttl: '1h' }, now: '14:00:00', going: true, step: { do: 'nothing' } },
  { what: 'ttl cannot be read', spec: { ttl: 'soon' }, now: '23:00:00', step: { do: 'nothing' } },
  {
    what: 'it was never used: its start counts',
    spec: idle('30m'),
    now: '13:10:00',
    step: { do: 'wait', ms: 1_200_000 },
  },
  {
    what: 'it was never used for long enough',
    spec: idle('30m'),
    now: '13:30:00',
    step: { do: 'stop', since: at('13:00:00') },
  },
  {
    what: 'it was used since',
    spec: idle('30m'),
    now: '13:30:00',
    active: '13:20:00',
    step: { do: 'wait', ms: 1_200_000 },
  },
  {
    what: 'its last use is long ago',
    spec: idle('30m'),
    now: '13:50:00',
    active: '13:20:00',
    step: { do: 'stop', since: at('13:20:00') },
  },
  {
    what: 'it was started again after its last use',
    spec: idle('30m'),
    now: '13:10:00',
    active: '12:10:00',
    step: { do: 'wait', ms: 1_200_000 },
  },
  { what: 'it starts', spec: idle('30m'), now: '23:00:00', pods: [starting], step: { do: 'nothing' } },
  { what: 'it has no pod', spec: idle('30m'), now: '23:00:00', pods: [], step: { do: 'nothing' } },
  { what: 'it is stopped', spec: { ...idle('30m'), running: false }, now: '23:00:00', step: { do: 'nothing' } },
  {
    what: 'the time is shorter than activity is written',
    spec: idle('5s'),
    now: '13:01:59',
    step: { do: 'wait', ms: 1000 },
  },
  { what: 'and then', spec: idle('5s'), now: '13:02:00', step: { do: 'stop', since: at('13:00:00') } },
  {
    what: 'ttl comes before idleness',
    spec: { ...idle('3h'), ttl: '2h' },
    now: '13:30:00',
    step: { do: 'wait', ms: 1_800_000 },
  },
  {
    what: 'idleness comes before ttl',
    spec: { ...idle('1h'), ttl: '9h' },
    now: '13:30:00',
    step: { do: 'wait', ms: 1_800_000 },
  },
])('$what', ({ spec, now, active, pods = [serving], going, step }) => {
  const workspace = {
    ...aWorkspace(spec, { creationTimestamp: created, ...(going === true ? { deletionTimestamp: created } : {}) }),
    ...(active === undefined ? {} : { status: { lastActivity: at(active).toISOString() } }),
  };
  expect(decideLife(workspace, pods, at(now))).toEqual(step);
});
