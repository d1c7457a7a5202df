import type { ExchangeFacts } from './traffic.ts';

/**
 * Who sends a request, as far as the request itself tells:
 * - `person`: a navigation that somebody started, by a click, a key, the address bar or a bookmark
 * - `document`: a navigation that the page started: a script, a refresh, a frame
 * - `page`: a page's script or a part of a page; WebSockets of pages
 * - `upkeep`: what a browser or page does without anybody asking: prefetches, manifests, service workers, beacons, reports
 * - `program`: no browser at all: curl, scripts, webhooks, command-line clients
 * - `probe`: a program that only asks whether something is there
 */
export type Asker = 'person' | 'document' | 'page' | 'upkeep' | 'program' | 'probe';

const upkeepDestinations = new Set(['manifest', 'serviceworker', 'report']);
const upkeepPaths = /^\/(?:favicon\.ico|robots\.txt|apple-touch-icon[^/]*\.png|\.well-known\/[^?]*)(?:\?|$)/;
const probePaths =
  /(?:^|\/)(?:healthz?|livez?|liveness|readyz?|readiness|-\/(?:healthy|ready)|heartbeat|ping|metrics)\/?(?:\?|$)/i;
const probePrograms =
  /^(?:kube-probe|Prometheus|Blackbox|GoogleHC|ELB-HealthChecker|Uptime|UptimeRobot|Pingdom|StatusCake|Zabbix|check_http|Consul|HAProxy)/i;

/**
 * Tells by what browsers set and pages cannot forge (https://www.w3.org/TR/fetch-metadata/). `Sec-Fetch-Site` marks a browser:
 * Node's `fetch`, a program, sends `Sec-Fetch-Mode` alone. WebSockets carry no Sec-Fetch; a page's have an `Origin`. Browsers
 * from before 2023, and pages on plain http, tell themselves by `Origin`, `Referer` or their name.
 */
export function askerOf({ kind, method, path, headers }: ExchangeFacts): Asker {
  if (kind === 'socket') return headers.origin === undefined ? 'program' : 'page';
  const site = headers['sec-fetch-site'];
  const purpose = headers['sec-purpose'] ?? headers['purpose'] ?? headers['x-moz'];
  if (typeof purpose === 'string' && purpose.includes('prefetch')) return 'upkeep';
  if (site !== undefined) return browserAsker(method, path, headers);
  const isBrowser =
    headers.origin !== undefined ||
    headers.referer !== undefined ||
    headers['user-agent']?.startsWith('Mozilla/') === true;
  if (isBrowser) {
    if (upkeepPaths.test(path)) return 'upkeep';
    return method === 'GET' && headers.accept?.startsWith('text/html') === true ? 'document' : 'page';
  }
  const isProbe = method === 'OPTIONS' || probePaths.test(path) || probePrograms.test(headers['user-agent'] ?? '');
  return isProbe ? 'probe' : 'program';
}

function browserAsker(method: string, path: string, headers: ExchangeFacts['headers']): Asker {
  const destination = headers['sec-fetch-dest'];
  if (headers['sec-fetch-mode'] === 'navigate') {
    return headers['sec-fetch-user'] === '?1' || headers['sec-fetch-site'] === 'none' ? 'person' : 'document';
  }
  if (typeof destination === 'string' && upkeepDestinations.has(destination)) return 'upkeep';
  // navigator.sendBeacon: telemetry that a page sends as it is hidden or by the clock.
  if (method === 'POST' && headers['sec-fetch-mode'] === 'no-cors' && destination === 'empty') return 'upkeep';
  return upkeepPaths.test(path) ? 'upkeep' : 'page';
}
