import { expect, test } from 'vitest';
import { refusalOfPort } from './port-request.ts';

const good = { origin: 'app://guildnet', isMainFrame: true, ports: 1 };

test.each([
  ['the UI', good, undefined],
  ['a frame that is gone', { ...good, origin: undefined }, 'its frame is gone'],
  ['a frame inside the UI', { ...good, isMainFrame: false }, 'it comes from a frame inside the page'],
  ['another origin', { ...good, origin: 'https://cs.localhost:8080' }, 'it comes from https://cs.localhost:8080'],
  ['no port', { ...good, ports: 0 }, 'it carries 0 ports'],
  ['two ports', { ...good, ports: 2 }, 'it carries 2 ports'],
])('%s', (_what, request, wanted) => {
  expect(refusalOfPort(request, 'app://guildnet')).toBe(wanted);
});
