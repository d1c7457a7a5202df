import { expect, test } from 'vitest';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import { execError } from './exec-error.ts';

test.each([
  { fed: false, remedy: /started in tmux/ },
  { fed: true, remedy: /no more than it reads/ },
])('a connection that broke is told with what can be done, with input: $fed', ({ fed, remedy }) => {
  const error = execError(new TunnelError('lost', 'cut'), 'code', { fed });
  expect(error.code).toBe('upstream_failed');
  expect(error.message).toContain('code');
  expect(error.remedy).toMatch(remedy);
});
