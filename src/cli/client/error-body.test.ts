import { expect, test } from 'vitest';
import { GuildNetError, toErrorBody } from '#contract/errors.ts';
import { fromErrorBody } from './error-body.ts';

const url = 'https://localhost:8080';

test('an error crosses the wire whole', () => {
  const thrown = new GuildNetError('no_cluster', 'No cluster.', { remedy: 'Start one.', details: { field: 'x' } });
  expect(fromErrorBody(toErrorBody(thrown, 'rid'), thrown.status, url)).toMatchObject({
    code: 'no_cluster',
    message: 'No cluster.',
    remedy: 'Start one.',
    details: { field: 'x', request_id: 'rid' },
  });
});

test('a code of a newer host keeps its message', () => {
  expect(fromErrorBody({ code: 'brand_new', message: 'Something new.' }, 400, url)).toMatchObject({
    code: 'upstream_failed',
    message: 'Something new.',
  });
});

test.each([[undefined], ['<html>'], [{ error: 'x' }]])('%j is not the answer of a host', (body) => {
  expect(fromErrorBody(body, 404, url)).toMatchObject({
    code: 'upstream_failed',
    message: `${url} answered 404, and not as a GuildNet host does.`,
  });
});
