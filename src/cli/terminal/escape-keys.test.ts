import { expect, test } from 'vitest';
import { createEscapeKeys } from './escape-keys.ts';

test.each([
  { typed: ['ls\r'], input: 'ls\r', leaves: false },
  { typed: ['~.'], input: '', leaves: true },
  { typed: ['~', '.'], input: '', leaves: true },
  { typed: ['ls\r~.'], input: 'ls\r', leaves: true },
  { typed: ['ls ~.'], input: 'ls ~.', leaves: false },
  { typed: ['~/bin/x\r'], input: '~/bin/x\r', leaves: false },
  { typed: ['~~.\r'], input: '~.\r', leaves: false },
  { typed: ['\r', '~', '~', '.'], input: '\r~.', leaves: false },
  { typed: ['~\r~.'], input: '~\r', leaves: true },
  { typed: ['ä漢\n~.'], input: 'ä漢\n', leaves: true },
])('$typed', ({ typed, input, leaves }) => {
  const keys = createEscapeKeys();
  const read = typed.map((one) => keys.read(Buffer.from(one)));
  expect(Buffer.concat(read.map((one) => one.input)).toString()).toBe(input);
  expect(read.some((one) => one.leaves)).toBe(leaves);
});
