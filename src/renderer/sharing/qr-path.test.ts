import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrPath } from './qr-path.ts';

const address = 'https://box.tail.test:20001/';

test('what is drawn is the code, module by module, with its quiet zone', () => {
  const { size, path } = qrPath(address);
  const bare = encode(address, { ecc: 'M', border: 0 });
  expect(size).toBe(bare.size + 8);
  const drawn = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x = '', y = '', length = ''] of path.matchAll(/M(\d+) (\d+)\.5h(\d+)/g))
    for (let at = Number(x); at < Number(x) + Number(length); at += 1) {
      const row = drawn[Number(y)];
      if (row !== undefined) row[at] = true;
    }
  expect(drawn.slice(4, -4).map((row) => row.slice(4, -4))).toEqual(bare.data);
  expect(drawn.slice(0, 4).flat()).not.toContain(true);
});

test('the address is all that it depends on', () => {
  expect(qrPath(address)).toEqual(qrPath(address));
  expect(qrPath(`${address}x`).path).not.toBe(qrPath(address).path);
});
