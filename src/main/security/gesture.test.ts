import { expect, test } from 'vitest';
import { createGesture } from './gesture.ts';

test('a click or a key counts once, for five seconds; moving the mouse never does', () => {
  let time = 0;
  const gesture = createGesture(() => time);
  expect(gesture.take()).toBe(false);
  gesture.saw('mouseMove');
  gesture.saw('mouseWheel');
  expect(gesture.take()).toBe(false);
  for (const type of ['mouseDown', 'keyDown', 'rawKeyDown', 'touchEnd', 'gestureTap']) {
    gesture.saw(type);
    time += 5_000;
    expect([gesture.take(), gesture.take()]).toEqual([true, false]);
    gesture.saw(type);
    time += 5_001;
    expect(gesture.take()).toBe(false);
  }
});
