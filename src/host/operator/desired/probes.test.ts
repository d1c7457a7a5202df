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
  test('look at the first port, whatever it speaks, and leave the request for its page to the host', () => {
    for (const ports of [[http, https], [https]]) {
      const { startupProbe, readinessProbe, livenessProbe } = probes({}, ports);
      for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
        expect(probe?.tcpSocket).toEqual({ port: ports[0]?.containerPort });
        expect(probe?.httpGet).toBeUndefined();
      }
    }
  });

  test('are the same for every kind that has any, so that another kind restarts nothing', () => {
    const [first, ...others] = [{}, ...(['http', 'tcp', 'slow'] as const).map((kind) => ({ probe: { kind } }))];
    for (const spec of others) expect(probes(spec, [http])).toEqual(probes(first ?? {}, [http]));
  });

  test('give a first start more time than the original did, and see a fast one within a second', () => {
    const { startupProbe } = probes({}, [http]);
    expect(startupProbe?.periodSeconds).toBe(1);
    expect(startupProbe?.failureThreshold).toBeGreaterThan(originalUpperBound);
  });

  test('never end a program because its port is not open yet', () => {
    const tenYears = 10 * 365 * 24 * 3_600;
    expect(probes({}, [http]).startupProbe?.failureThreshold).toBeGreaterThan(tenYears);
  });

  test('afterwards look no more often than the original', () => {
    const { readinessProbe, livenessProbe } = probes({}, [http]);
    expect(readinessProbe?.periodSeconds).toBeGreaterThanOrEqual(originalPeriod);
    expect(livenessProbe?.periodSeconds).toBeGreaterThanOrEqual(2 * originalPeriod);
  });

  test.for([
    ['none where none are wanted', { probe: { kind: 'none' } }, [http]],
    ['none where nothing speaks TCP', {}, [{ containerPort: 53, name: 'dns', protocol: 'UDP' }]],
  ] as const)('%s', ([, spec, ports]) => expect(probes(spec, ports)).toEqual({}));
});
