import { describe, expect, test } from 'vitest';
import { createLog } from '../observability/log.ts';
import { createObjectStore } from './object-store.ts';

interface Thing {
  metadata: { name: string; uid: string; resourceVersion: string };
  bad?: boolean;
  of?: string;
}

const thing = (name: string, resourceVersion = '1', uid = name): Thing => ({
  metadata: { name, uid, resourceVersion },
});

function setting() {
  const leftOut: string[] = [];
  const changes: string[] = [];
  const parse = (object: unknown): { value: Thing } | { problem: string } =>
    (object as Thing).bad === true ? { problem: 'bad' } : { value: object as Thing };
  const store = createObjectStore<Thing>({
    parse,
    leftOut: (problem) => leftOut.push(problem),
    index: (one) => one.of,
    log: createLog({ level: 'silent' }),
  });
  store.onChange(({ type, object }) =>
    changes.push(`${type} ${object.metadata.name} ${object.metadata.resourceVersion}`),
  );
  return { store, leftOut, changes, told: () => changes.splice(0) };
}

describe('the copy of a collection', () => {
  test('tells what a new list changes, and nothing else', () => {
    const { store, told } = setting();
    store.replace([thing('a'), thing('b')]);
    expect(told()).toEqual(['upsert a 1', 'upsert b 1']);
    store.replace([thing('b'), thing('c')]);
    expect(told()).toEqual(['delete a 1', 'upsert c 1']);
    store.replace([thing('b', '2'), thing('c')]);
    expect(told()).toEqual(['upsert b 2']);
  });

  test('finds objects by the key of its index, as they are now', () => {
    const { store } = setting();
    const names = (key: string): string[] => store.byIndex(key).map(({ metadata }) => metadata.name);
    store.replace([{ ...thing('a'), of: 'x' }, { ...thing('b'), of: 'x' }, thing('c')]);
    expect([names('x'), names('y'), names('undefined')]).toEqual([['a', 'b'], [], []]);
    store.apply({ type: 'upsert', object: { ...thing('a', '2'), of: 'y' } });
    store.apply({ type: 'upsert', object: { ...thing('c', '2'), of: 'y' } });
    expect([names('x'), names('y')]).toEqual([['b'], ['a', 'c']]);
    store.apply({ type: 'delete', object: { ...thing('a', '3'), of: 'y' } });
    store.apply({ type: 'upsert', object: { ...thing('b', '2'), bad: true } });
    expect([names('x'), names('y')]).toEqual([[], ['c']]);
    store.replace([]);
    expect(names('y')).toEqual([]);
  });

  test('tells a repeated event once', () => {
    const { store, told } = setting();
    store.apply({ type: 'upsert', object: thing('a') });
    store.apply({ type: 'upsert', object: thing('a') });
    store.apply({ type: 'delete', object: thing('a', '2') });
    store.apply({ type: 'delete', object: thing('a', '2') });
    expect(told()).toEqual(['upsert a 1', 'delete a 2']);
  });

  test('tells that an object went which was made anew while nobody looked', () => {
    const { store, told } = setting();
    store.replace([thing('a', '1', 'first')]);
    told();
    store.replace([thing('a', '9', 'second')]);
    expect(told()).toEqual(['delete a 1', 'upsert a 9']);
  });

  test('leaves out what does not parse, and says so once until it does', () => {
    const { store, leftOut, told } = setting();
    const bad = { ...thing('a', '2'), bad: true };
    store.apply({ type: 'upsert', object: thing('a') });
    store.apply({ type: 'upsert', object: bad });
    store.apply({ type: 'upsert', object: bad });
    expect(leftOut).toEqual(['a: bad']);
    expect(told()).toEqual(['upsert a 1', 'delete a 1']);
    expect(store.get('a')).toBeUndefined();
    store.apply({ type: 'upsert', object: thing('a', '3') });
    expect(store.list()).toHaveLength(1);
  });

  test('a listener that fails does not keep the others from hearing', () => {
    const { store } = setting();
    const heard: string[] = [];
    store.onChange(() => {
      throw new Error('mine');
    });
    store.onChange(({ object }) => heard.push(object.metadata.name));
    store.replace([thing('a')]);
    expect(heard).toEqual(['a']);
  });

  test('ends a listener', () => {
    const { store } = setting();
    let heard = 0;
    const end = store.onChange(() => {
      heard += 1;
    });
    store.replace([thing('a')]);
    end();
    store.replace([]);
    expect(heard).toBe(1);
  });
});
