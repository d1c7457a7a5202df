import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { isOwnWorkspace, noticeOf, plainText, sentences } from './notice.ts';

const server = (phase: Server['phase'], more: Partial<Server> = {}): Server => ({
  id: 'a',
  name: 'a',
  image: 'i',
  status: 'running',
  phase,
  ...more,
});
const failure = { reason: 'ImagePull', message: 'The image is not there.', remedy: 'Name another one.' };

test.each<[string, Server | undefined, Server, string | undefined]>([
  ['a start', server('Starting'), server('Running'), 'a is ready'],
  ['a start from nothing', server('Pending'), server('Running'), 'a is ready'],
  ['a failure of what ran', server('Running'), server('Failed', { failure }), 'a has failed'],
  ['a failure at the start', server('Starting'), server('Failed', { failure }), 'a does not start'],
  ['a stop by GuildNet', server('Running'), server('Stopped', { stop_reason: 'Idle for 2 hours.' }), 'a was stopped'],
  ['a stop by the person', server('Running'), server('Stopped'), undefined],
  ['the beginning of a start', server('Stopped'), server('Starting'), undefined],
  ['the end', server('Running'), server('Terminating'), undefined],
  ['no change', server('Running'), server('Running', { node: 'n' }), undefined],
  ['one that failed before the app was there', undefined, server('Failed', { failure }), undefined],
])('%s', (_what, before, after, title) => {
  expect(noticeOf(before, after)?.title).toBe(title);
});

test('a failure tells its reason and its remedy, and leads to the page', () => {
  expect(noticeOf(server('Starting'), server('Failed', { failure }))).toMatchObject({
    body: 'The image is not there. Name another one.',
    path: '/workspaces/a',
  });
});

test('a failure without a reason says where to look', () => {
  expect(noticeOf(server('Starting'), server('Failed'))?.body).toBe('Its page says more.');
});

test.each([
  ['markup', '<a href="https://evil.example">Sign in</a> & more', '‹a href="https://evil.example"›Sign in‹/a› + more'],
  ['lines', 'one\n\ttwo ', 'one two'],
  ['a text without end', 'x'.repeat(100_000), `${'x'.repeat(299)}…`],
])('plain: %s', (_what, text, wanted) => {
  expect(plainText(text)).toBe(wanted);
});

test('without a remedy there is the message alone', () => {
  expect(sentences({ message: 'It broke.' })).toBe('It broke.');
});

test.each([
  [undefined, true],
  ['local:me', true],
  ['local:you', false],
  ['user:me', false],
])('owner %s', (owner, wanted) => {
  expect(isOwnWorkspace(owner === undefined ? {} : { owner }, 'me')).toBe(wanted);
});
