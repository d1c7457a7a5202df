import { describe, expect, it } from 'vitest';
import { levels, parseTestArguments } from './arguments.ts';

describe('parseTestArguments', () => {
  it.each([
    [[], { levels: [...levels], runner: [] }],
    [['unit'], { levels: ['unit'], runner: [] }],
    [['e2e', 'unit'], { levels: ['unit', 'e2e'], runner: [] }],
    [['unit', 'src/host'], { levels: ['unit'], runner: ['src/host'] }],
    [['unit', '--', '-t', 'unit'], { levels: ['unit'], runner: ['-t', 'unit'] }],
    [['--'], { levels: [...levels], runner: [] }],
  ])('%j', (args, expected) => {
    expect(parseTestArguments(args)).toEqual(expected);
  });

  it.each([[['fast']], [['--', '-t', 'x']], [['--help']]])('%j is refused', (args) => {
    expect(parseTestArguments(args)).toHaveProperty('error');
  });
});
