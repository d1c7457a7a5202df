import { describe, expect, test } from 'vitest';
import { emptyPlacement, placementOf, placementProblems } from './placement-fields.ts';
import type { PlacementForm } from './placement-fields.ts';

const form = (part: Partial<PlacementForm>): PlacementForm => ({ ...emptyPlacement, ...part });

describe('what is said of the program, its place and its end', () => {
  test.each<[Partial<PlacementForm>, object]>([
    [{}, {}],
    [{ command: 'sh\n-c\n exit 1 \n\n' }, { command: ['sh', '-c', ' exit 1 '] }],
    [{ args: 'a b\r\nc' }, { args: ['a b', 'c'] }],
    [
      { nodeLabels: ' disk=ssd, zone=,\nexample.com/gpu=a100 ' },
      { nodeSelector: { disk: 'ssd', zone: '', 'example.com/gpu': 'a100' } },
    ],
    [{ serviceAccount: ' builder ' }, { serviceAccountName: 'builder' }],
    [{ exposure: 'LoadBalancer', domain: 'left.over' }, { exposure: { type: 'LoadBalancer' } }],
    [{ exposure: 'Ingress', domain: ' dev.example.com' }, { exposure: { type: 'Ingress', domain: 'dev.example.com' } }],
    [{ domain: 'left.over' }, {}],
    [
      { stopIdle: '2h', ttl: ' 12h ' },
      { idle: { stopAfter: '2h' }, ttl: '12h' },
    ],
  ])('%j', (part, wanted) => {
    expect(placementProblems(form(part))).toEqual({});
    expect(placementOf(form(part))).toEqual(wanted);
  });

  test.each<[Partial<PlacementForm>, keyof PlacementForm]>([
    [{ command: 'a\n'.repeat(257) }, 'command'],
    [{ nodeLabels: 'ssd' }, 'nodeLabels'],
    [{ nodeLabels: '=ssd' }, 'nodeLabels'],
    [{ nodeLabels: 'a=b c=d' }, 'nodeLabels'],
    [{ serviceAccount: 'A_B' }, 'serviceAccount'],
    [{ exposure: 'Ingress' }, 'domain'],
    [{ exposure: 'Ingress', domain: 'https://x' }, 'domain'],
    [{ stopIdle: '2' }, 'stopIdle'],
    [{ ttl: '1d' }, 'ttl'],
    [{ ttl: '0s' }, 'ttl'],
  ])('%j is wrong', (part, field) => {
    expect(Object.keys(placementProblems(form(part)))).toEqual([field]);
  });
});
