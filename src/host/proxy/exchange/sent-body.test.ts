import { expect, test } from 'vitest';
import { SentBody } from './sent-body.ts';

test('keeps little, in order', () => {
  const body = new SentBody();
  body.add(Buffer.from('a'));
  body.add(Buffer.from('b'));
  expect(String(Buffer.concat(body.chunks ?? []))).toBe('ab');
});

test('keeps nothing of what is too much, or not needed any more', () => {
  const large = new SentBody();
  large.add(Buffer.alloc(65_536));
  expect(large.chunks).toHaveLength(1);
  large.add(Buffer.alloc(1));
  large.add(Buffer.alloc(1));
  expect(large.chunks).toBeUndefined();
  const over = new SentBody();
  over.forget();
  over.add(Buffer.alloc(1));
  expect(over.chunks).toBeUndefined();
});
