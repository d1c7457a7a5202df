import { expect, test } from 'vitest';
import type { Awake } from '#contract/server.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { aPod, aWorkspace } from '#test/operator/objects.ts';
import { awakeOf } from './awake.ts';

const at = (time: string): string => `2026-03-01T${time}.000Z`;
const ms = (time: string): number => Date.parse(at(time));
const serving = aPod({ conditions: { Ready: 'True' }, created: at('12:00:00') });

interface Row {
  what: string;
  spec?: Partial<WorkspaceSpec>;
  pod?: typeof serving | undefined;
  active?: string;
  use?: [since: string, at: string];
  awake: Awake | undefined;
}

test.each<Row>([
  { what: 'no idleness is asked for', spec: {}, active: '13:00:00', awake: undefined },
  { what: 'it is stopped', spec: { idle: { stopAfter: '1h' }, running: false }, awake: undefined },
  { what: 'it starts', pod: aPod({ conditions: { Ready: 'False' } }), awake: undefined },
  { what: 'it has no pod', pod: undefined, awake: undefined },
  { what: 'nobody has used it', awake: { by: 'started', since: at('12:00:00'), until: at('13:00:00') } },
  {
    what: 'all use was before its start',
    active: '11:00:00',
    use: ['10:00:00', '11:00:00'],
    awake: { by: 'started', since: at('12:00:00'), until: at('13:00:00') },
  },
  {
    what: 'somebody types since noon',
    active: '14:00:00',
    use: ['12:30:00', '14:00:40'],
    awake: { by: 'input', since: at('12:30:00'), until: at('15:00:00') },
  },
  {
    what: 'the use began before its start',
    active: '14:00:00',
    use: ['09:00:00', '14:00:00'],
    awake: { by: 'input', since: at('12:00:00'), until: at('15:00:00') },
  },
  {
    what: 'another host saw the latest use',
    active: '14:00:00',
    use: ['12:30:00', '13:00:00'],
    awake: { by: 'elsewhere', since: at('14:00:00'), until: at('15:00:00') },
  },
  {
    what: 'this host has seen nothing',
    active: '14:00:00',
    awake: { by: 'elsewhere', since: at('14:00:00'), until: at('15:00:00') },
  },
  {
    what: 'the time is shorter than is kept to',
    spec: { idle: { stopAfter: '10s' } },
    active: '14:00:00',
    use: ['14:00:00', '14:00:00'],
    awake: { by: 'input', since: at('14:00:00'), until: at('14:02:00') },
  },
])('$what', ({ spec = { idle: { stopAfter: '1h' } }, active, use, awake, ...row }) => {
  const workspace = { ...aWorkspace(spec), ...(active === undefined ? {} : { status: { lastActivity: at(active) } }) };
  const pod = 'pod' in row ? row.pod : serving;
  const reason = use === undefined ? undefined : { by: 'input' as const, since: ms(use[0]), at: ms(use[1]) };
  expect(awakeOf(workspace, pod, reason)).toEqual(awake);
});
