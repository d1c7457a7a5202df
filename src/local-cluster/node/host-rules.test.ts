import { describe, expect, it } from 'vitest';
import { nodeSubnet } from '../network-plan.ts';
import { deletionsOf, hostRules } from './host-rules.ts';

describe('hostRules', () => {
  const rules = hostRules('test', nodeSubnet(4), 'guildnet4');
  it('lets pods out and only answers in', () => {
    expect(rules.map(({ table, chain, match }) => [table, chain, ...match].join(' '))).toEqual([
      'nat POSTROUTING -s 10.95.4.0/30 ! -o guildnet4 -j MASQUERADE -m comment --comment guildnet:test',
      'filter FORWARD -i guildnet4 -j ACCEPT -m comment --comment guildnet:test',
      'filter FORWARD -o guildnet4 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT -m comment --comment guildnet:test',
      'filter FORWARD -o guildnet4 -j DROP -m comment --comment guildnet:test',
    ]);
  });
});

describe('deletionsOf', () => {
  const listing = [
    '-P FORWARD DROP',
    '-N DOCKER',
    '-A FORWARD -i guildnet4 -m comment --comment "guildnet:test" -j ACCEPT',
    '-A FORWARD -i guildnet5 -m comment --comment "guildnet:test-2" -j ACCEPT',
    '-A FORWARD -o guildnet4 -m comment --comment guildnet:test -j DROP',
    '-A FORWARD -m comment --comment "say \\"guildnet:test\\"" -j DROP',
    '',
  ].join('\n');

  it('takes this cluster’s rules and nobody else’s', () => {
    expect(deletionsOf(listing, 'test').map((words) => words.join(' '))).toEqual([
      '-D FORWARD -i guildnet4 -m comment --comment guildnet:test -j ACCEPT',
      '-D FORWARD -o guildnet4 -m comment --comment guildnet:test -j DROP',
    ]);
    expect(deletionsOf(listing, 'tes')).toEqual([]);
  });

  it('keeps quoted words whole', () => {
    expect(deletionsOf('-A INPUT -m comment --comment "guildnet:a" --string "x y" -j DROP', 'a')).toEqual([
      ['-D', 'INPUT', '-m', 'comment', '--comment', 'guildnet:a', '--string', 'x y', '-j', 'DROP'],
    ]);
  });
});
