import { expect, test } from 'vitest';
import { createFormDraft } from './form-draft.ts';
import { emptyForm } from './form-model.ts';

function inMemory(before: string | null = null) {
  let kept = before;
  return {
    kept: () => kept,
    getItem: () => kept,
    setItem: (_key: string, text: string) => void (kept = text),
    removeItem: () => void (kept = null),
  };
}

const typed = {
  ...emptyForm,
  image: 'a/b:1',
  env: [
    { name: 'EDITOR', value: 'vi' },
    { name: 'DB_PASSWORD', value: 'hunter2' },
    { name: 'URL', value: 'postgres://me:hunter2@db/app' },
  ],
};

test('what is typed is there whole while the page lives, and after it without what is secret', () => {
  const storage = inMemory();
  const draft = createFormDraft(storage);
  draft.keep(typed);
  expect(draft.read()).toEqual(typed);
  expect(storage.kept()).not.toContain('hunter2');
  expect(createFormDraft(storage).read()).toEqual({
    ...typed,
    env: [
      { name: 'EDITOR', value: 'vi' },
      { name: 'DB_PASSWORD', value: '' },
      { name: 'URL', value: '' },
    ],
  });
  draft.keep(undefined);
  expect(draft.read()).toBeUndefined();
  expect(storage.kept()).toBeNull();
});

test.each([
  '{',
  '7',
  '{}',
  JSON.stringify({ ...emptyForm, home: 'elsewhere' }),
  JSON.stringify({ ...emptyForm, env: 7 }),
])('%s is no draft', (kept) => {
  expect(createFormDraft(inMemory(kept)).read()).toBeUndefined();
});

test('a storage that is full is no reason to stop', () => {
  const full = {
    getItem: () => null,
    removeItem: () => undefined,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  const draft = createFormDraft(full);
  draft.keep(typed);
  expect(draft.read()).toEqual(typed);
});
