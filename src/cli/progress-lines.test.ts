import { describe, expect, it } from 'vitest';
import { progressLine, progressLines } from './progress-lines.ts';

describe('progressLine', () => {
  it.each([
    [{ step: 'Starting etcd' }, 'Starting etcd'],
    [{ step: 'Building', detail: 'kubelet' }, 'Building: kubelet'],
    [{ step: 'Building', done: 3 }, 'Building (3)'],
    [{ step: 'Importing', detail: 'a:\u202e1\u001b[2J' }, 'Importing: a:1[2J'],
    [
      { step: 'Building', detail: 'kubelet', done: 3, total: 9, unit: 'packages' },
      'Building: kubelet (3 of 9 packages)',
    ],
    [{ step: 'Building', done: 3, total: 9, secondsLeft: 130 }, 'Building (3 of 9), about 2 minutes left'],
  ])('%j reads %s', (progress, line) => {
    expect(progressLine(progress)).toBe(line);
  });
});

describe('progressLines in a log', () => {
  it('writes a line for each step and then only a sign of life', () => {
    const written: string[] = [];
    let time = 100_000;
    const report = progressLines({ write: (text) => written.push(text) }, () => time);
    report({ step: 'one' });
    report({ step: 'one', done: 1 });
    time += 15_000;
    report({ step: 'one', done: 2 });
    report({ step: 'two' });
    expect(written).toEqual(['one\n', 'one (2)\n', 'two\n']);
  });
});

describe('progressLines on a terminal', () => {
  it('rewrites the line of a step and begins a new one for the next', () => {
    const written: string[] = [];
    const report = progressLines({ write: (text) => written.push(text), isTTY: true, columns: 8 });
    report({ step: 'one' });
    report({ step: 'one', detail: 'long detail' });
    report({ step: 'two' });
    expect(written).toEqual(['one\n', '\u001b[1A\r\u001b[Kone: lo\n', 'two\n']);
  });
});
