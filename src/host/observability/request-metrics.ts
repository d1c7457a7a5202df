import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { RequestObserver } from '../kube/transport.ts';

/** Requests to the API server, named as client-go names them. */
export function createRequestMetrics(registry: Registry): RequestObserver {
  const registers = [registry];
  const total = new Counter({
    name: 'rest_client_requests_total',
    help: 'Requests to the API server by verb (HTTP method, or WATCH) and status code; <error> is for no answer.',
    labelNames: ['verb', 'code'],
    registers,
  });
  const duration = new Histogram({
    name: 'rest_client_request_duration_seconds',
    help: 'Time until the headers of the API server’s answer, in seconds, by verb.',
    labelNames: ['verb'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60],
    registers,
  });
  return ({ verb, status, seconds }) => {
    total.labels(verb, status === undefined ? '<error>' : String(status)).inc();
    duration.labels(verb).observe(seconds);
  };
}
