import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { addressOf } from './open.ts';

const server = (phase: Server['phase'], extra: Partial<Server> = {}): Server => ({
  id: 'echo-12345',
  name: 'echo-12345',
  image: 'echo:1',
  status: 'pending',
  phase,
  ide_url: 'https://echo-12345.localhost:8080/',
  ...extra,
});

test('a running workspace has an address', () => {
  expect(addressOf(server('Running'))).toBe('https://echo-12345.localhost:8080/');
});

test.each([
  ['stopped', server('Stopped'), 'echo-12345 is Stopped.', 'Start it with "guildnet start echo-12345".'],
  ['on its way', server('Pending'), 'echo-12345 is Pending.', 'Wait for it with "guildnet start echo-12345".'],
  [
    'failed',
    server('Failed', { failure: { reason: 'X', message: 'No such image.', remedy: 'Check the tag.' } }),
    'echo-12345 is Failed: No such image.',
    'Check the tag.',
  ],
])('one that is %s has none, and what to do', (_what, given, message, remedy) => {
  expect(() => addressOf(given)).toThrow(expect.objectContaining({ code: 'not_ready', message, remedy }));
});
