import { describe, expect, test } from 'vitest';
import { probeChoice, probes } from './probes.ts';

// Specification, "Operator Defaults & Hardening", Probes; "Ports": they target `/` on the first port.

const http = { containerPort: 8080, name: 'http', protocol: 'TCP' };
const https = { containerPort: 8443, name: 'https', protocol: 'TCP' };
/** How long the original let a first start take before it was killed, in seconds: liveness delay and its failures. */
const originalUpperBound = 90 + 30 * 3;
/** How often the original asked for readiness, in seconds. */
const originalPeriod = 15;

describe('what is chosen', () => {
  test.for([
    ['nothing', {}, 'http', '/'],
    ['the older field alone, as the API server fills it in', { probes: 'default' }, 'http', '/'],
    ['the older field', { probes: 'slow' }, 'slow', '/'],
    ['none by the older field', { probes: 'none' }, 'none', '/'],
    ['a path alone', { probe: { path: '/health' } }, 'http', '/health'],
    ['both fields', { probes: 'none', probe: { kind: 'tcp' } }, 'tcp', '/'],
    ['both fields, the newer one with nothing in it', { probes: 'none', probe: {} }, 'http', '/'],
  ] as const)('%s', ([, spec, kind, path]) => expect(probeChoice(spec)).toEqual({ kind, path }));
});

describe('probes', () => {
  test('go to `/` of the first port', () => {
    const { startupProbe, readinessProbe, livenessProbe } = probes({}, [http, https]);
    for (const probe of [startupProbe, readinessProbe, livenessProbe])
      expect(probe?.httpGet).toEqual({ path: '/', port: 8080, scheme: 'HTTP' });
  });

  test('or to a path that is named', () =>
    expect(probes({ probe: { path: '/health' } }, [http]).readinessProbe?.httpGet?.path).toBe('/health'));

  test('or see no more than that the port is open', () => {
    const { startupProbe, readinessProbe, livenessProbe } = probes({ probe: { kind: 'tcp' } }, [http, https]);
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
      expect(probe?.tcpSocket).toEqual({ port: 8080 });
      expect(probe?.httpGet).toBeUndefined();
    }
  });

  test('give a first start more time than the original did, and see a fast one within a second', () => {
    for (const probe of [undefined, { kind: 'http' }, { kind: 'tcp' }, { kind: 'slow' }] as const) {
      const { startupProbe } = probes(probe === undefined ? {} : { probe }, [http]);
      expect(startupProbe?.periodSeconds).toBe(1);
      expect(startupProbe?.failureThreshold).toBeGreaterThan(originalUpperBound);
    }
  });

  test('afterwards ask no more often than the original, so that logs stay readable', () => {
    for (const kind of ['http', 'tcp', 'slow'] as const) {
      const { readinessProbe, livenessProbe } = probes({ probe: { kind } }, [http]);
      expect(readinessProbe?.periodSeconds).toBeGreaterThanOrEqual(originalPeriod);
      expect(livenessProbe?.periodSeconds).toBeGreaterThanOrEqual(2 * originalPeriod);
    }
  });

  test('are more patient with slow images', () => {
    const [slow, normal] = [probes({ probe: { kind: 'slow' } }, [http]), probes({}, [http])];
    expect(slow.startupProbe?.failureThreshold).toBeGreaterThan(normal.startupProbe?.failureThreshold ?? 0);
    expect(slow.livenessProbe?.failureThreshold).toBeGreaterThan(normal.livenessProbe?.failureThreshold ?? 0);
  });

  test.for([
    ['none where none are wanted', { probe: { kind: 'none' } }, [http]],
    ['none where nothing speaks TCP', {}, [{ containerPort: 53, name: 'dns', protocol: 'UDP' }]],
  ] as const)('%s', ([, spec, ports]) => expect(probes(spec, ports)).toEqual({}));

  test('speak TLS to a TLS port', () => expect(probes({}, [https]).readinessProbe?.httpGet?.scheme).toBe('HTTPS'));
});
