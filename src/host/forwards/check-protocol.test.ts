import { expect, test } from 'vitest';
import { checkProtocol } from './check-protocol.ts';

const ports = [
  { containerPort: 53, protocol: 'UDP' as const },
  { containerPort: 80, protocol: 'TCP' as const },
  { containerPort: 36412, protocol: 'SCTP' as const },
  { containerPort: 443 },
];

test.each([80, 443, 5432])('the port %i is forwarded', (port) => {
  expect(() => checkProtocol('dns', ports, port)).not.toThrow();
});

test.each([
  [53, 'UDP'],
  [36412, 'SCTP'],
])('the port %i is not, being one for %s', (port, protocol) => {
  expect(() => checkProtocol('dns', ports, port)).toThrow(
    expect.objectContaining({
      code: 'unsupported',
      message: `The port ${String(port)} of dns is one for ${protocol}.`,
      remedy: expect.stringContaining('the Service dns') as string,
    }) as Error,
  );
});
