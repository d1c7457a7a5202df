import { expect, test } from 'vitest';
import { parseQuantity, sameQuantity } from './quantity.ts';

test.for([
  ['1', '1000m', true],
  ['0.5', '500m', true],
  ['.5', '500m', true],
  ['1Gi', '1024Mi', true],
  ['1024Ki', '1Mi', true],
  ['1e3', '1k', true],
  ['1E3', '1000', true],
  ['1E', '1000P', true],
  ['0', '0m', true],
  ['-1', '-1000m', true],
  ['1G', '1Gi', false],
  ['1', '2', false],
  ['100m', '0.2', false],
  ['9007199254740993', '9007199254740992', false],
  ['nonsense', 'nonsense', true],
  ['nonsense', '1', false],
] as const)('%s = %s: %s', ([a, b, same]) => expect(sameQuantity(a, b)).toBe(same));

test.for(['', '.', 'm', '1mm', '1 ', '1Ki2', '0x1'])('%s is none', (text) =>
  expect(parseQuantity(text)).toBeUndefined(),
);
