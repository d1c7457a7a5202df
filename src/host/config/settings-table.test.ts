import { expect, test } from 'vitest';
import { configFileKeys } from './config-file.ts';
import { allSettings } from './settings-table.ts';

const settings = Object.values(allSettings);

test('every setting of the file can stand in it, and what can stand in it is a setting', () => {
  const inFile = settings.flatMap(({ file }) => file ?? []);
  expect(inFile.toSorted()).toEqual(configFileKeys.toSorted());
});

test('no two settings have a variable, a key or an option in common', () => {
  for (const place of ['variable', 'file', 'flag'] as const) {
    const said = settings.flatMap((setting) => setting[place] ?? []);
    expect(said).toEqual([...new Set(said)]);
  }
});

test('what is secret is not said in the file', () => {
  expect(settings.filter(({ secret, file }) => secret === true && file !== undefined)).toEqual([]);
});
