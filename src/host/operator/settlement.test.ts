import { describe, expect, test } from 'vitest';
import { createSettlement, truceMs } from './settlement.ts';
import type { Change } from './settlement.ts';

const change = (path: string, by: Change['by'], value = 'v'): Change => ({ kind: 'Deployment', path, by, value });
const told = ({ kind, path, by }: Change) => ({ kind, path, by });
const image = change('spec.image', 'admission');
const replicas = change('spec.replicas', { manager: 'argocd' });
const byHand = change('spec.replicas', { manager: 'kubectl-scale' });
const nothing = { wish: 'w', state: 's', contested: [] };

function aSettlement() {
  let time = 0;
  const settlement = createSettlement(() => new Date(time));
  const about = (uid = 'u') => settlement.about('ws', 'Deployment', uid);
  return { settlement, about, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('what is put right, and what is let be', () => {
  test('what admission did is let be at once and for good, and only that', () => {
    const { about, pass } = aSettlement();
    expect(about().judge('s', [image])).toEqual({ contested: [told(image)] });
    pass(truceMs * 100);
    expect(about().recall('s')).toEqual({ contested: [told(image)] });
    expect(about().recall('another value')).toBeUndefined();
    expect(about().judge('another value', [image, replicas])).toBeUndefined();
  });

  test('what the answer to a write lacked is admission’s doing', () => {
    const { about } = aSettlement();
    expect(about().wrote([], { wish: 'w', state: 's', contested: [told(image)] })).toEqual({
      contested: [told(image)],
    });
    expect(about().recall('s')).toEqual({ contested: [told(image)] });
    expect(about().inVain('w', ['spec.image'])).toEqual({ contested: [told(image)] });
    expect(about().inVain('w', ['spec', 'spec.image.tag'])).toEqual({ contested: [told(image)] });
    expect(about().inVain('w', ['spec.image', 'spec.args'])).toBeUndefined();
    expect(about().inVain('another wish', ['spec.image'])).toBeUndefined();
    about().wrote([], nothing);
    expect(about().recall('s')).toBeUndefined();
    expect(about().inVain('w', ['spec.image'])).toBeUndefined();
  });

  test('what another writer did is put right once in an hour', () => {
    const { about, pass } = aSettlement();
    expect(about().judge('s', [replicas])).toBeUndefined();
    about().wrote([replicas], nothing);
    pass(1_000);
    expect(about().judge('s', [replicas])).toEqual({ contested: [told(replicas)], waitMs: truceMs });
    pass(truceMs - 1_000);
    expect(about().recall('s')).toEqual({ contested: [told(replicas)], waitMs: 1_000 });
    pass(1_000);
    expect(about().recall('s')).toBeUndefined();
    expect(about().judge('s', [replicas])).toBeUndefined();
  });

  test('another value is another wish of a person’s, a handful of times', () => {
    const { about } = aSettlement();
    for (const value of ['1', '2', '3', '4', '5']) {
      expect(about().judge(value, [change('spec.replicas', { manager: 'm' }, value)])).toBeUndefined();
      about().wrote([change('spec.replicas', { manager: 'm' }, value)], nothing);
    }
    expect(about().judge('6', [change('spec.replicas', { manager: 'm' }, '6')])).toBeDefined();
    expect(about().judge('6', [change('spec.replicas', { manager: 'n' }, '6')])).toBeUndefined();
  });

  test('one writer’s fight is not another’s', () => {
    const { about } = aSettlement();
    about().wrote([replicas], nothing);
    expect(about().judge('s', [byHand])).toBeUndefined();
    about().wrote([byHand], nothing);
    expect(about().judge('s', [byHand, image])).toEqual({ contested: [told(byHand), told(image)], waitMs: truceMs });
  });

  test('nothing is remembered of another object of the name, or of a workspace that is gone', () => {
    const { settlement, about } = aSettlement();
    about().judge('s', [image]);
    expect(about('another').recall('s')).toBeUndefined();
    about().judge('s', [image]);
    settlement.forget('ws');
    expect(about().recall('s')).toBeUndefined();
  });
});
