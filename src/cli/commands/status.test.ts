import { describe, expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import { statusText } from './status.ts';

const host = { url: 'https://localhost:8080', name: 'GuildNet', version: '1.2.3' };
const online: ClusterState = { phase: 'online', namespace: 'dev', local: { available: false } };

describe('the status', () => {
  test.each<[string, ClusterState, string]>([
    [
      'another host that leads is told by its name',
      { ...online, leader: { holder: 'box_of_mine_0b0e', self: false } },
      'box_of_mine',
    ],
    ['this one as such', { ...online, leader: { holder: 'laptop_0b0e', self: true } }, 'this host'],
  ])('%s', (_what, cluster, wanted) => {
    expect(statusText({ host, cluster })).toMatch(new RegExp(`^reconciled by +${wanted}$`, 'm'));
  });

  test('says nothing about it while nobody leads, and what to do when that is a problem', () => {
    const problem = { code: 'forbidden', message: 'It may not.', remedy: 'Grant it.' };
    const text = statusText({ host, cluster: { ...online, problem } });
    expect(text).not.toContain('reconciled');
    expect(text).toContain('It may not.');
    expect(text).toContain('Grant it.');
  });

  test('warns of what should be mended although the cluster works', () => {
    const notes = [
      { code: 'a', message: 'It is open.', remedy: 'Close it.' },
      { code: 'b', message: 'It is old.' },
    ];
    const text = statusText({ host, cluster: { ...online, notes } });
    expect(text).toMatch(/^warning +It is open\.\n +Close it\.\nwarning +It is old\.$/m);
  });
});
