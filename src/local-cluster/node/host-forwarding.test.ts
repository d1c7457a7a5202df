import { describe, expect, it } from 'vitest';
import { withoutUser, withUser } from './host-forwarding.ts';

describe('the switch for forwarding', () => {
  it('goes back to what it was when its last user leaves', () => {
    const one = withUser(undefined, '0', '/a');
    const two = withUser(withUser(one, '1', '/b'), '1', '/b');
    expect(two).toEqual({ before: '0', users: ['/a', '/b'] });
    const left = withoutUser(two, '/a');
    expect(left).toEqual({ register: { before: '0', users: ['/b'] }, restore: undefined });
    expect(withoutUser(left.register, '/b').restore).toBe('0');
  });
  it('stays on where it was on', () => {
    expect(withoutUser(withUser(undefined, '1', '/a'), '/a').restore).toBeUndefined();
  });
  it('is not touched by one who never used it', () => {
    expect(withoutUser({ before: '0', users: ['/a'] }, '/b').restore).toBeUndefined();
  });
});
