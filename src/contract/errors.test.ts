import { describe, expect, test } from 'vitest';
import { errorBodySchema, errorCodes, errorStatuses, GuildNetError, remedyOf, toErrorBody } from './errors.ts';

describe('the wire form of an error', () => {
  test('carries code, message, request id, details and remedy', () => {
    const error = new GuildNetError('invalid_spec', 'No.', { remedy: 'Do.', details: { field: 'name' } });
    const body = toErrorBody(error, 'rid');
    expect(body).toEqual({
      code: 'invalid_spec',
      message: 'No.',
      request_id: 'rid',
      details: { field: 'name', remedy: 'Do.' },
    });
    expect(errorBodySchema.parse(body)).toEqual(body);
    expect(remedyOf(body)).toBe('Do.');
    expect(error.status).toBe(400);
  });

  test('leaves out what there is none of', () => {
    const body = toErrorBody(new GuildNetError('not_found', 'No.'));
    expect(body).toEqual({ code: 'not_found', message: 'No.' });
    expect(remedyOf(body)).toBeUndefined();
  });

  test.for([new Error('s3cret'), 's3cret', undefined, { message: 's3cret' }])(
    'keeps the text of a foreign error to itself: %s',
    (thrown) => {
      const body = toErrorBody(thrown);
      expect(body.code).toBe('internal');
      expect(JSON.stringify(body)).not.toContain('s3cret');
    },
  );
});

test('keeps its cause', () => {
  const cause = new Error('why');
  expect(new GuildNetError('internal', 'x', { cause }).cause).toBe(cause);
});

test('every code has an HTTP status of an error', () => {
  for (const code of errorCodes) expect(errorStatuses[code]).toBeGreaterThanOrEqual(400);
});
