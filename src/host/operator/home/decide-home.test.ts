import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { homeFinalizer } from '#contract/annotations.ts';
import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { decideHome, decideKept } from './decide-home.ts';
import { recordOf } from './home-record.ts';

const deleted = '2026-03-01T12:00:00Z';
const weekLater = '2026-03-08T12:00:00.000Z';
const guarded = { finalizers: ['somebody/else', homeFinalizer] };

interface ClaimFacts {
  user?: string;
  stamp?: string;
  size?: string;
  record?: string;
  promise?: string;
  doomed?: boolean;
  labels?: Record<string, string>;
  name?: string;
}

function aClaim({
  user = 'uid-ws',
  stamp,
  size = '10Gi',
  record,
  promise,
  doomed = false,
  labels,
  name,
}: ClaimFacts = {}): V1PersistentVolumeClaim {
  return {
    metadata: {
      name: name ?? 'ws-home',
      uid: 'uid-claim',
      resourceVersion: '7',
      labels: labels ?? { 'guildnet.io/managed': 'true', 'guildnet.io/id': 'ws' },
      annotations: {
        'guildnet.io/workspace-uid': user,
        ...(stamp === undefined ? {} : { 'guildnet.io/home-retain-until': stamp }),
        ...(promise === undefined ? {} : { 'guildnet.io/home-promised-until': promise }),
        ...(record === undefined ? {} : { 'guildnet.io/home-workspace': record }),
      },
      ...(doomed ? { deletionTimestamp: new Date(deleted) } : {}),
    },
    spec: { resources: { requests: { storage: size } } },
  };
}

const living = (spec: Partial<WorkspaceSpec> = { home: {} }, metadata: Partial<Workspace['metadata']> = guarded) =>
  aWorkspace(spec, metadata);
const going = (spec: Partial<WorkspaceSpec> = { home: {} }, metadata: Partial<Workspace['metadata']> = guarded) =>
  aWorkspace(spec, { ...metadata, deletionTimestamp: deleted });

const stranger = { labels: { app: 'database' } };
const ofAnother = { user: 'uid-before', stamp: weekLater };

describe('the home of a Workspace that lives', () => {
  test.each<[string, Workspace, V1PersistentVolumeClaim | undefined, string]>([
    ['wants none, has none', living({}, {}), undefined, 'nothing'],
    ['wants one: the finalizer comes first', living({ home: {} }, {}), undefined, 'guard'],
    ['is guarded: the home is made', living(), undefined, 'create'],
    ['has what it wants', living(), aClaim(), 'nothing'],
    ['lost its finalizer', living({ home: {} }, {}), aClaim(), 'guard'],
    ['finds the home of an earlier one of its name', living(), aClaim(ofAnother), 'adopt'],
    ['finds one whose predecessor nobody saw go', living(), aClaim({ user: 'uid-before' }), 'adopt'],
    ['guards before it adopts', living({ home: {} }, {}), aClaim(ofAnother), 'guard'],
    ['finds its own home marked to go', living(), aClaim({ stamp: weekLater }), 'adopt'],
    ['wants none and leaves that of an earlier one to its time', living({}), aClaim(ofAnother), 'nothing'],
    ['no longer says that it wants one: it is kept', living({}), aClaim(), 'nothing'],
    ['no longer says so and has no finalizer', living({}, {}), aClaim(), 'guard'],
    ["finds a stranger's claim of that name", living(), aClaim(stranger), 'refuse'],
    ["wants none beside a stranger's claim", living({}), aClaim(stranger), 'nothing'],
    [
      'does not take a claim with a wrong id for its own',
      living(),
      aClaim({ labels: { 'guildnet.io/managed': 'true', 'guildnet.io/id': 'other' } }),
      'refuse',
    ],
    ['is about to lose its home by hand', living(), aClaim({ doomed: true }), 'warn'],
    ['waits for a dying home of another to be gone', living(), aClaim({ ...ofAnother, doomed: true }), 'await'],
    ['wants none beside a dying home of another', living({}), aClaim({ ...ofAnother, doomed: true }), 'nothing'],
    ['wants it larger', living({ home: { size: '20Gi' } }), aClaim(), 'grow'],
    ['wants it as large, in other words', living({ home: { size: '10240Mi' } }), aClaim(), 'nothing'],
    ['wants it smaller: it never shrinks', living({ home: { size: '1Gi' } }), aClaim(), 'nothing'],
    ['adopts before it grows', living({ home: { size: '20Gi' } }), aClaim(ofAnother), 'adopt'],
  ])('%s', (_what, workspace, claim, step) => {
    expect(decideHome(workspace, claim).do).toBe(step);
  });

  test('grows to the size that is wanted', () => {
    expect(decideHome(living({ home: { size: '20Gi' } }), aClaim())).toEqual({ do: 'grow', size: '20Gi' });
  });
});

describe('the home of a Workspace that is being deleted', () => {
  test.each<[string, Workspace, V1PersistentVolumeClaim | undefined, string]>([
    ['has none: it may go', going({}), undefined, 'release'],
    ['has none and no finalizer', going({}, {}), undefined, 'nothing'],
    ['has one: it is marked first', going(), aClaim(), 'stamp'],
    ['is marked: it may go', going(), aClaim({ stamp: weekLater }), 'release'],
    ['is marked and unguarded', going({ home: {} }, {}), aClaim({ stamp: weekLater }), 'nothing'],
    ['is marked also when other finalizers hold it', going({ home: {} }, {}), aClaim(), 'stamp'],
    ['bears an old mark: it is renewed', going(), aClaim({ stamp: '2026-02-01T00:00:00.000Z' }), 'stamp'],
    ['never used the home of its predecessor: that keeps its time', going(), aClaim(ofAnother), 'release'],
    ["stands beside a stranger's claim", going(), aClaim(stranger), 'release'],
    ['loses its home by hand', going(), aClaim({ doomed: true }), 'release'],
  ])('%s', (_what, workspace, claim, step) => {
    expect(decideHome(workspace, claim).do).toBe(step);
  });

  const said = (retain: string): Partial<WorkspaceSpec> => ({ home: { retain } });
  const kept = (retain: string): string => recordOf(aWorkspace(said(retain)));
  const remembered = kept('48h');
  test.each<[string, Partial<WorkspaceSpec>, ClaimFacts, string]>([
    ['a week, when nothing is said', { home: {} }, {}, weekLater],
    ['as long as it says', { home: { retain: '36h' } }, {}, '2026-03-03T00:00:00.000Z'],
    ['not at all', { home: { retain: '0s' } }, {}, '2026-03-01T12:00:00.000Z'],
    ['a week, when what it says cannot be read', { home: { retain: 'a while' } }, {}, weekLater],
    ['as long as is remembered, when the spec cannot be read', {}, { record: remembered }, '2026-03-03T12:00:00.000Z'],
    [
      'as it says now, whatever is remembered',
      { home: { retain: '1h' } },
      { record: remembered },
      '2026-03-01T13:00:00.000Z',
    ],
    [
      'as long as was promised before it took the home over',
      said('1h'),
      { record: kept('1h'), promise: weekLater },
      weekLater,
    ],
    [
      'as long as it says, when that is longer',
      said('200h'),
      { record: kept('200h'), promise: weekLater },
      '2026-03-09T20:00:00.000Z',
    ],
    ['for good, when a person said so', said('1h'), { record: kept('1h'), promise: 'never' }, 'never'],
    [
      'as it says, when that was changed since',
      said('1h'),
      { record: kept('2h'), promise: 'never' },
      '2026-03-01T13:00:00.000Z',
    ],
    [
      'as long as was promised, when the spec cannot be read',
      {},
      { record: kept('1h'), promise: weekLater },
      weekLater,
    ],
    ['a century at most', { home: { retain: '99999999999h' } }, {}, '2126-02-05T12:00:00.000Z'],
  ])('is kept %s', (_what, spec, facts, until) => {
    expect(decideHome(going(spec), aClaim(facts))).toEqual({ do: 'stamp', until });
  });

  test('is decided the same again, whatever the mark was written from', () => {
    for (const spec of [{ home: {} }, { home: { retain: '90m' } }, {}]) {
      const first = decideHome(going(spec), aClaim());
      if (first.do !== 'stamp') throw new Error(first.do);
      expect(decideHome(going(spec), aClaim({ stamp: first.until }))).toEqual({ do: 'release' });
    }
  });

  test('nothing that a Workspace can say deletes a home', () => {
    const steps = [living, going].flatMap((make) =>
      [{}, { home: {} }, { home: { retain: '0s' } }].flatMap((spec) =>
        [{}, ofAnother, { stamp: deleted }, { doomed: true }, stranger].map(
          (facts) => decideHome(make(spec), aClaim(facts)).do,
        ),
      ),
    );
    expect(steps).not.toContain('expire');
    expect(steps).not.toContain('delete');
  });
});

describe('a home whose Workspace is gone', () => {
  const now = new Date(deleted);
  test.each<[string, ClaimFacts, object]>([
    ['waits for its time', { stamp: '2026-03-01T12:00:01Z' }, { do: 'wait', ms: 1000 }],
    ['goes when it has come', { stamp: '2026-03-01T12:00:00Z' }, { do: 'expire' }],
    ['goes when it is over', { stamp: '2026-02-01T00:00:00.000Z' }, { do: 'expire' }],
    ['reads times of other zones', { stamp: '2026-03-01T13:30:00+02:00' }, { do: 'expire' }],
    ['gets a week when nobody saw it go', {}, { do: 'stamp', until: weekLater }],
    [
      'gets the time that is remembered',
      { record: recordOf(aWorkspace({ home: { retain: '48h' } })) },
      { do: 'stamp', until: '2026-03-03T12:00:00.000Z' },
    ],
    [
      'gets an hour at least',
      { record: recordOf(aWorkspace({ home: { retain: '0s' } })) },
      { do: 'stamp', until: '2026-03-01T13:00:00.000Z' },
    ],
    ['gets a week when its record is broken', { record: '{' }, { do: 'stamp', until: weekLater }],
    [
      'gets the time that was promised',
      { promise: '2026-04-01T00:00:00Z' },
      { do: 'stamp', until: '2026-04-01T00:00:00Z' },
    ],
    ['is kept when a person wrote so', { stamp: 'never' }, { do: 'nothing' }],
    ['is kept when the time is none', { stamp: '' }, { do: 'nothing' }],
    ['is kept when the time is no RFC 3339', { stamp: '2020' }, { do: 'nothing' }],
    ['is kept when the day does not exist', { stamp: '2026-13-45T00:00:00Z' }, { do: 'nothing' }],
    ['is left alone when it goes already', { stamp: '2026-02-01T00:00:00Z', doomed: true }, { do: 'nothing' }],
    ['is left alone without our labels', { stamp: '2026-02-01T00:00:00Z', ...stranger }, { do: 'nothing' }],
    [
      'is left alone when label and name disagree',
      { stamp: '2026-02-01T00:00:00Z', name: 'other-home' },
      { do: 'nothing' },
    ],
    [
      'is left alone when it is not managed',
      { stamp: '2026-02-01T00:00:00Z', labels: { 'guildnet.io/id': 'ws' } },
      { do: 'nothing' },
    ],
  ])('%s', (_what, facts, step) => {
    expect(decideKept(aClaim(facts), now)).toEqual(step);
  });
});
