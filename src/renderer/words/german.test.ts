import { expect, test } from 'vitest';
import { german } from './german.ts';
import { english } from './words.ts';

/** Every text of a catalogue by its path, those that are made of something made of what shows where it went. */
function textsOf(part: unknown, path = ''): Map<string, string> {
  if (typeof part === 'string') return new Map([[path, part]]);
  if (typeof part === 'function') {
    const made: unknown = Reflect.apply(part, undefined, ['‹1›', '‹2›', '‹3›']);
    return new Map([[path, String(made)]]);
  }
  if (typeof part !== 'object' || part === null) return new Map([[path, '']]);
  return new Map(Object.entries(part).flatMap(([key, value]) => [...textsOf(value, `${path}/${key}`)]));
}

const original = textsOf(english);
const translated = textsOf(german);

test('each text is there in both languages, and says what it is given in both', () => {
  expect([...translated.keys()].toSorted()).toEqual([...original.keys()].toSorted());
  expect(original.size).toBeGreaterThan(200);
  const given = (text: string | undefined): string[] =>
    [...(text ?? '').matchAll(/‹\d›/g)].map(([it]) => it).toSorted();
  for (const [path, text] of original) {
    expect(translated.get(path), path).not.toBe('');
    expect(given(translated.get(path)), path).toEqual(given(text));
  }
});
