import { describe, expect, test } from 'vitest';
import { probes } from './probes.ts';

// Specification, "Operator Defaults & Hardening", Probes; "Ports": they target `/` on the first port.

const http = { containerPort: 8080, name: 'http', protocol: 'TCP' };
const https = { containerPort: 8443, name: 'https', protocol: 'TCP' };
/** How long the original let a first start take before it was killed, in seconds: liveness delay and its failures. */
const originalUpperBound = 90 + 30 * 3;

describe('probes', () => {
  test('go to `/` of the first port', () => {
    const { startupProbe, readinessProbe, livenessProbe } = probes('default', [http, https]);
    for (const probe of [startupProbe, readinessProbe, livenessProbe])
      expect(probe?.httpGet).toEqual({ path: '/', port: 8080, scheme: 'HTTP' });
  });

  test('give a first start more time than the original did, and see a fast one within a second', () => {
    for (const profile of [undefined, 'default', 'slow'] as const) {
      const { startupProbe } = probes(profile, [http]);
      expect(startupProbe?.periodSeconds).toBe(1);
      expect(startupProbe?.failureThreshold).toBeGreaterThan(originalUpperBound);
    }
  });

  test('afterwards look often for readiness, and seldom for life', () => {
    expect(probes('default', [http])).toMatchObject({
      readinessProbe: { periodSeconds: 2 },
      livenessProbe: { periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 3 },
    });
  });

  test('are more patient with slow images', () => {
    const [slow, normal] = [probes('slow', [http]), probes('default', [http])];
    expect(slow.startupProbe?.failureThreshold).toBeGreaterThan(normal.startupProbe?.failureThreshold ?? 0);
    expect(slow.livenessProbe?.failureThreshold).toBeGreaterThan(normal.livenessProbe?.failureThreshold ?? 0);
  });

  test.for([
    ['none where none are wanted', 'none', [http]],
    ['none where nothing speaks TCP', 'default', [{ containerPort: 53, name: 'dns', protocol: 'UDP' }]],
  ] as const)('%s', ([, profile, ports]) => expect(probes(profile, ports)).toEqual({}));

  test('speak TLS to a TLS port', () =>
    expect(probes('default', [https]).readinessProbe?.httpGet?.scheme).toBe('HTTPS'));
});
