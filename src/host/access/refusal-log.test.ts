import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { createLog } from '../observability/log.ts';
import { createRefusalLog } from './refusal-log.ts';
import { requestFacts } from './request-facts.ts';

const names = { port: 8080, listenHost: '127.0.0.1', allowedHosts: [] };

function refusals() {
  const lines: string[] = [];
  const clock = { now: 0 };
  const log = createLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
  const refused = createRefusalLog(log, () => clock.now);
  const headers = {
    host: 'cs.localhost:8080',
    origin: `https://${'x'.repeat(1_000)}.example`,
    'sec-fetch-site': 'cross-site',
  };
  const refuse = (): void =>
    refused({
      requestId: 'rid',
      path: '/secret',
      facts: requestFacts({ method: 'GET', headers, upgrade: false }, names),
      error: new GuildNetError('forbidden', 'A page of another site sent this request.'),
    });
  return { lines, clock, refuse };
}

test('a refusal says who asked for what, and why not, within bounds', () => {
  const { lines, refuse } = refusals();
  refuse();
  const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  expect(line).toMatchObject({
    method: 'GET',
    host: 'cs.localhost:8080',
    path: '/secret',
    fetchSite: 'cross-site',
    code: 'forbidden',
    reason: 'A page of another site sent this request.',
    requestId: 'rid',
  });
  expect(String(line['origin'])).toHaveLength(200);
});

test('a flood of them is counted and not written', () => {
  const { lines, clock, refuse } = refusals();
  for (let count = 0; count < 1_000; count += 1) refuse();
  expect(lines).toHaveLength(20);
  clock.now = 1_000;
  refuse();
  expect(lines).toHaveLength(21);
  expect(JSON.parse(lines[20] ?? '')).toMatchObject({ unsaid: 980 });
});
