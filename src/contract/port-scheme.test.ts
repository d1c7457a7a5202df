import { expect, test } from 'vitest';
import { schemeOfPort } from './port-scheme.ts';
import type { DescribedPort, PortScheme } from './port-scheme.ts';

const rows: [DescribedPort, PortScheme][] = [
  // The number alone.
  [{ port: 8443 }, 'https'],
  [{ port: 443 }, 'https'],
  [{ port: 8080 }, 'http'],
  [{ port: 80 }, 'http'],
  [{ port: 6443 }, 'http'],
  [{ port: 18_443 }, 'http'],
  // Names that are a protocol.
  [{ port: 3000, name: 'https' }, 'https'],
  [{ port: 3000, name: 'https-admin' }, 'https'],
  [{ port: 8443, name: 'http' }, 'http'],
  [{ port: 443, name: 'http-web' }, 'http'],
  // Names that only look like one.
  [{ port: 3000, name: 'httpstat' }, 'http'],
  [{ port: 3000, name: 'httpsd' }, 'http'],
  [{ port: 8443, name: 'httpstat' }, 'https'],
  [{ port: 3000, name: 'web-https' }, 'http'],
  [{ port: 8443, name: 'web' }, 'https'],
  [{ port: 3000, name: '' }, 'http'],
  // What the Service says of itself comes first.
  [{ port: 8443, name: 'https', appProtocol: 'http' }, 'http'],
  [{ port: 3000, name: 'http', appProtocol: 'HTTPS' }, 'https'],
  [{ port: 3000, appProtocol: 'kubernetes.io/wss' }, 'https'],
  [{ port: 8443, appProtocol: 'kubernetes.io/ws' }, 'http'],
  [{ port: 8443, appProtocol: 'kubernetes.io/h2c' }, 'http'],
  // A vendor's own protocol says nothing: name and number do.
  [{ port: 8443, appProtocol: 'example.com/own' }, 'https'],
  [{ port: 3000, name: 'https', appProtocol: 'tcp' }, 'https'],
  [{ port: 3000, appProtocol: 'constructor' }, 'http'],
];
test.each(rows)('%j speaks %s', (port, scheme) => {
  expect(schemeOfPort(port)).toBe(scheme);
});
