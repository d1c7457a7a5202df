import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '#host/observability/log.ts';
import { addressOf, keptAddress, openViewAddresses } from './view-addresses.ts';

const cs = { kind: 'workspace', id: 'cs', url: 'https://cs.localhost:8080/' } as const;
const byPath = { kind: 'workspace', id: 'cs', url: 'https://localhost:8080/proxy/server/cs/' } as const;

describe('what is kept of an address', () => {
  test.each([
    [cs, 'https://cs.localhost:8080/?folder=/home/coder#x', '/?folder=/home/coder#x'],
    [cs, 'https://cs.localhost:8080/', '/'],
    [cs, 'https://cs.localhost:9090/', undefined],
    [cs, 'https://other.localhost:8080/', undefined],
    [cs, 'https://github.com/login', undefined],
    [cs, 'about:blank', undefined],
    [cs, `https://cs.localhost:8080/${'a'.repeat(9_000)}`, undefined],
    [byPath, 'https://localhost:8080/proxy/server/cs/lab', '/proxy/server/cs/lab'],
    [byPath, 'https://localhost:8080/proxy/server/other/lab', undefined],
  ])('%o at %.60s: %s', (role, at, kept) => {
    expect(keptAddress(role, at)).toBe(kept);
  });
});

describe('where that leads', () => {
  test.each([
    [cs, '/?folder=/a', 'https://cs.localhost:8080/?folder=/a'],
    [cs, undefined, 'https://cs.localhost:8080/'],
    [cs, '//evil.example/x', 'https://cs.localhost:8080/evil.example/x'],
    [cs, '/\\evil.example', 'https://cs.localhost:8080//evil.example'],
    [byPath, '/proxy/server/other/', 'https://localhost:8080/proxy/server/cs/'],
    [byPath, '/proxy/server/cs/../other/', 'https://localhost:8080/proxy/server/cs/'],
    [byPath, '/proxy/server/cs/lab', 'https://localhost:8080/proxy/server/cs/lab'],
  ])('%o and %s: %s', (role, kept, address) => {
    expect(addressOf(role, kept)).toBe(address);
  });
});

describe('the file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guildnet-addresses-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const log = createLog({ level: 'silent' });

  test('is read again, is for this user alone, and has an end', () => {
    const path = join(folder, 'views.json');
    const first = openViewAddresses(path, log);
    for (let place = 0; place < 100; place += 1) first.keep(`w${String(place)}`, '/x');
    first.keep('w99', undefined);
    first.forget('w98');
    first.save();
    const second = openViewAddresses(path, log);
    expect([second.of('w99'), second.of('w98'), second.of('w0')]).toEqual(['/x', undefined, undefined]);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test('of one that makes no sense nothing is taken', () => {
    const path = join(folder, 'views.json');
    writeFileSync(path, '{"a":"https://evil.example/"}');
    expect(openViewAddresses(path, log).of('a')).toBeUndefined();
  });
});
