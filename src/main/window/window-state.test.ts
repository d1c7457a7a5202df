import { expect, test } from 'vitest';
import { placeWindow, type WindowState } from './window-state.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };
const at = (x: number, y: number, width = 1000, height = 700): WindowState => ({
  bounds: { x, y, width, height },
  maximised: false,
});
const usual = { width: 1280, height: 800, maximised: false };

test.each([
  ['never opened before', undefined, [main], usual],
  [
    'never opened, on a small screen',
    undefined,
    [{ x: 0, y: 0, width: 800, height: 600 }],
    { width: 800, height: 600, maximised: false },
  ],
  ['where it was', at(100, 100), [main], { x: 100, y: 100, width: 1000, height: 700, maximised: false }],
  ['on the second screen', at(2000, 50), [main, right], { x: 2000, y: 50, width: 1000, height: 700, maximised: false }],
  ['the second screen is gone', at(2000, 50), [main], usual],
  [
    'left over the edge, still to be gripped',
    at(-900, 100),
    [main],
    { x: -900, y: 100, width: 1000, height: 700, maximised: false },
  ],
  ['left over the edge too far', at(-950, 100), [main], usual],
  ['title bar above the screen', at(100, -10), [main], usual],
  ['title bar below the screen', at(100, 1050), [main], usual],
  [
    'larger than the screen is now',
    at(10, 30, 4000, 3000),
    [main],
    { x: 10, y: 30, width: 1920, height: 1055, maximised: false },
  ],
  ['smaller than is of use', at(10, 30, 100, 100), [main], { x: 10, y: 30, width: 640, height: 480, maximised: false }],
  [
    'maximised',
    { ...at(100, 100), maximised: true },
    [main],
    { x: 100, y: 100, width: 1000, height: 700, maximised: true },
  ],
])('%s', (_what, state, areas, wanted) => {
  expect(placeWindow(state, areas)).toEqual(wanted);
});
