import { expect, test } from 'vitest';
import { viewBounds } from './view-bounds.ts';

const content = { width: 1000, height: 600 };
const at = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

test.each([
  ['inside', at(200, 50, 700, 500), 1, at(200, 50, 700, 500)],
  ['the page is zoomed in', at(100, 20, 500, 300), 1.5, at(150, 30, 750, 450)],
  ['the page is zoomed out, edges meet', at(101, 0, 33, 10), 0.9, at(91, 0, 30, 9)],
  ['too large', at(200, 50, 5000, 5000), 1, at(200, 50, 800, 550)],
  ['outside', at(2000, 900, 100, 100), 1, at(1000, 600, 0, 0)],
  ['empty', at(10, 10, 0, 0), 1, at(10, 10, 0, 0)],
])('%s', (_what, asked, zoom, wanted) => {
  expect(viewBounds(asked, zoom, content)).toEqual(wanted);
});
