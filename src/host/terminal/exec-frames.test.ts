import { describe, expect, test } from 'vitest';
import { endOfInputFrame, inputFrames, resizeFrame } from './exec-frames.ts';

describe('messages of the exec protocol', () => {
  test.each([
    { bytes: 0, frames: [] },
    { bytes: 1, frames: [2] },
    { bytes: 65_536, frames: [65_537] },
    { bytes: 65_537, frames: [65_537, 2] },
  ])('$bytes bytes of input are messages of $frames bytes', ({ bytes, frames }) => {
    const chunk = Buffer.alloc(bytes, 7);
    const made = inputFrames(chunk);
    expect(made.map(({ length }) => length)).toEqual(frames);
    expect(made.every((frame) => frame[0] === 0)).toBe(true);
    expect(Buffer.concat(made.map((frame) => frame.subarray(1))).equals(chunk)).toBe(true);
  });

  test('the end of the input closes its channel', () => {
    expect([...endOfInputFrame()]).toEqual([255, 0]);
  });

  test('a size goes as JSON on its own channel', () => {
    const frame = resizeFrame({ cols: 120, rows: 40 });
    expect(frame[0]).toBe(4);
    expect(JSON.parse(frame.subarray(1).toString())).toEqual({ Width: 120, Height: 40 });
  });
});
