import { describe, expect, it } from 'vitest';
import { parseStartOptions } from './start-options.ts';

describe('parseStartOptions', () => {
  it.each([
    [[], { help: false, headless: false, local: false }],
    [['--help'], { help: true, headless: false, local: false }],
    [['-h'], { help: true, headless: false, local: false }],
    [['--headless', '--local'], { help: false, headless: true, local: true }],
  ])('%j', (args, expected) => {
    expect(parseStartOptions(args)).toEqual(expected);
  });

  it.each([[['--hedless']], [['up']], [['--local=yes']]])('%j is refused with the reason', (args) => {
    expect(parseStartOptions(args)).toHaveProperty('error');
  });
});
