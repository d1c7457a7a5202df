import { ORPCError } from '@orpc/server';
import { expect, test } from 'vitest';
import { GuildNetError, toErrorBody } from '#contract/errors.ts';
import { shownFailure } from './shown-failure.ts';

const known = new GuildNetError('address_in_use', 'Port 8080 is taken.', { remedy: 'Set LISTEN_LOCAL.' });

test.each([
  ['an error of ours', known, 'Port 8080 is taken.', 'Set LISTEN_LOCAL.'],
  [
    'one that came through the contract',
    new ORPCError(known.code, { data: toErrorBody(known) }),
    'Port 8080 is taken.',
    'Set LISTEN_LOCAL.',
  ],
  ['a foreign one', new Error('boom'), 'Something failed inside GuildNet: boom', undefined],
  ['no error at all', 'boom', 'Something failed inside GuildNet: boom', undefined],
])('%s', (_what, error, message, remedy) => {
  expect(shownFailure(error)).toEqual({ message, remedy });
});
