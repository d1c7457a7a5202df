import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { HostUnreachable } from '../platform/host-unreachable.ts';
import { toShownProblem, type ShownProblem } from './shown-problem.ts';

const body = {
  code: 'invalid_spec',
  message: 'The name "A" is not usable.',
  request_id: 'f00d',
  details: { field: 'name', remedy: 'Use for example "a".' },
};

const cases: Array<[string, unknown, Partial<ShownProblem>, RegExp]> = [
  [
    'an error in the wire form of the contract',
    new ORPCError('invalid_spec', { status: 400, message: body.message, data: body }),
    { code: 'invalid_spec', remedy: 'Use for example "a".', requestId: 'f00d', field: 'name' },
    /^The name "A" is not usable\.$/,
  ],
  [
    'an error without a body',
    new ORPCError('BAD_GATEWAY', { message: 'Bad Gateway' }),
    { code: 'bad_gateway' },
    /^Bad Gateway$/,
  ],
  ['a host that is not there', new HostUnreachable('No answer.'), { code: 'host_unreachable' }, /^No answer\.$/],
  ['a port that closed', new DOMException('closed', 'AbortError'), { code: 'host_unreachable' }, /broke/],
  ['a defect of the page', new TypeError('x is undefined'), { code: 'internal' }, /x is undefined/],
  ['a thrown value that is no error', 'boom', { code: 'internal' }, /boom/],
];

test.each(cases)('%s', (_name, error, part, message) => {
  const shown = toShownProblem(error);
  expect(shown).toMatchObject(part);
  expect(shown.message).toMatch(message);
});
