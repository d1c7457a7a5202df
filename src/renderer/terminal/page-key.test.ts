import { expect, test } from 'vitest';
import { pageKey } from './page-key.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const ctrlShift = { ...none, ctrlKey: true, shiftKey: true };
const command = { ...none, metaKey: true };

test.each([
  { stroke: { ...ctrlShift, key: 'C' }, asks: 'copy' },
  { stroke: { ...ctrlShift, key: 'V' }, asks: 'paste' },
  { stroke: { ...ctrlShift, key: 'F' }, asks: 'search' },
  { stroke: { ...command, key: 'c' }, asks: 'copy' },
  { stroke: { ...command, key: 'v' }, asks: 'paste' },
  { stroke: { ...command, key: 'f' }, asks: 'search' },
  { stroke: { ...none, ctrlKey: true, key: 'c' }, asks: undefined },
  { stroke: { ...none, ctrlKey: true, key: 'f' }, asks: undefined },
  { stroke: { ...none, key: 'c' }, asks: undefined },
  { stroke: { ...none, shiftKey: true, key: 'C' }, asks: undefined },
  { stroke: { ...ctrlShift, altKey: true, key: 'C' }, asks: undefined },
  { stroke: { ...ctrlShift, key: 'X' }, asks: undefined },
])('$stroke asks for $asks', ({ stroke, asks }) => {
  expect(pageKey(stroke)).toBe(asks);
});
