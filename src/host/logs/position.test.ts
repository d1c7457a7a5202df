import { describe, expect, test } from 'vitest';
import { canonicalTime, isAfter, parsePosition, positionText, secondOf } from './position.ts';
import type { Position } from './position.ts';

const at: Position = { pod: '0b6f3c1e-1111-2222', restart: 2, time: '2026-11-26T08:00:00.120000000Z', n: 3 };

describe('ids of lines', () => {
  test('are read back', () => {
    expect(positionText(at)).toBe('0b6f3c1e-1111-2222_2_2026-11-26T08:00:00.120000000Z_3');
    expect(parsePosition(positionText(at))).toEqual(at);
  });

  test.each(['', 'x', '0b_1_2026-11-26T08:00:00.12Z_0', `${positionText(at)}_`, positionText(at).toUpperCase()])(
    '%j is refused',
    (text) => {
      expect(() => parsePosition(text)).toThrow(expect.objectContaining({ code: 'bad_request' }));
    },
  );

  test.each<[string, Partial<Position>, boolean]>([
    ['a later time', { time: '2026-11-26T08:00:00.120000001Z', n: 0 }, true],
    ['the same time, further on', { n: 4 }, true],
    ['the line itself', {}, false],
    ['the same time, before it', { n: 2 }, false],
    ['an earlier time of a later container', { time: '2026-11-26T07:59:59.999999999Z', restart: 3 }, false],
  ])('%s', (_what, other, behind) => {
    expect(isAfter({ ...at, ...other }, at)).toBe(behind);
  });
});

test.each([
  ['2026-11-26T08:00:00.123456789Z', '2026-11-26T08:00:00.123456789Z'],
  ['2026-11-26T08:00:00.12Z', '2026-11-26T08:00:00.120000000Z'],
  ['2026-11-26T08:00:00Z', '2026-11-26T08:00:00.000000000Z'],
  ['2026-11-26T08:00:00.5+02:00', '2026-11-26T06:00:00.500000000Z'],
  ['2026-11-26T23:30:00.000000001-01:30', '2026-11-27T01:00:00.000000001Z'],
  ['2026-11-26', undefined],
  ['2026-13-45T99:00:00+02:00', undefined],
  ['unable', undefined],
])('the time %s of a kubelet is %s', (text, expected) => {
  expect(canonicalTime(text)).toBe(expected);
});

test('a second is what the API server passes on', () => {
  expect(secondOf(at.time)).toBe('2026-11-26T08:00:00Z');
});
