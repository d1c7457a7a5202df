import { expect, test } from 'vitest';
import { boundsSchema, type Bounds } from '#contract/desktop.ts';
import { boundsOfBox, isVisible, sameBounds, type Box } from './bounds.ts';

const cases: Array<[string, Box, Bounds]> = [
  ['whole pixels stay', { left: 220, top: 44, right: 1280, bottom: 800 }, { x: 220, y: 44, width: 1060, height: 756 }],
  [
    'edges are rounded',
    { left: 220.4, top: 44.6, right: 1279.6, bottom: 800.4 },
    { x: 220, y: 45, width: 1060, height: 755 },
  ],
  [
    'what hangs out at the left and top is cut off',
    { left: -20, top: -5, right: 100, bottom: 50 },
    { x: 0, y: 0, width: 100, height: 50 },
  ],
  ['nothing stays nothing', { left: 10, top: 10, right: 10, bottom: 10 }, { x: 10, y: 10, width: 0, height: 0 }],
  [
    'a box turned inside out has no size',
    { left: 50, top: 50, right: 10, bottom: 10 },
    { x: 50, y: 50, width: 0, height: 0 },
  ],
  ['there is an end', { left: 0, top: 0, right: 1e9, bottom: 10 }, { x: 0, y: 0, width: 32_767, height: 10 }],
];

test.each(cases)('%s', (_name, box, bounds) => {
  expect(boundsOfBox(box)).toEqual(bounds);
  expect(boundsSchema.parse(bounds)).toEqual(bounds);
});

test('what can be seen has both sizes', () => {
  expect(isVisible({ x: 0, y: 0, width: 1, height: 1 })).toBe(true);
  expect(isVisible({ x: 0, y: 0, width: 0, height: 1 })).toBe(false);
  expect(isVisible({ x: 0, y: 0, width: 1, height: 0 })).toBe(false);
});

test('bounds are compared by every number', () => {
  const one = { x: 1, y: 2, width: 3, height: 4 };
  expect(sameBounds(one, { ...one })).toBe(true);
  for (const key of ['x', 'y', 'width', 'height'] as const) expect(sameBounds(one, { ...one, [key]: 9 })).toBe(false);
});
