import { expect, test } from 'vitest';
import { judgePort } from './port.ts';

const address = { host: '127.0.0.1', port: 8080 };

test.each([
  ['free', undefined, 'ok', /127\.0\.0\.1:8080 is free/],
  ['EADDRINUSE', 'https://localhost:8080', 'ok', /A host of yours runs/],
  ['EADDRINUSE', 'https://localhost:9443', 'error', /Another program/],
  ['free', 'https://localhost:9443', 'ok', /runs at https:\/\/localhost:9443/],
  ['EADDRINUSE', undefined, 'error', /Another program listens on 127\.0\.0\.1:8080/],
  ['EACCES', undefined, 'error', /ports below 1024/],
  ['EADDRNOTAVAIL', undefined, 'error', /no address of this computer/],
  ['EMFILE', undefined, 'error', /EMFILE/],
])('%s while a host runs at %s', (listening, running, state, words) => {
  const finding = judgePort(address, listening, running);
  expect(finding.state).toBe(state);
  expect(finding.message).toMatch(words);
});
