import { t } from '../words/words.ts';

/** Chromium's ERR_ABORTED: the load was replaced by another one or became a download, which is no failure. */
const aborted = -3;

/** Statuses by which the proxy says that it did not reach the workspace; what any other says is the workspace's own page. */
const gatewayStatuses = [502, 503, 504] as const;

/** Why an answer of this HTTP status is not the workspace's page; undefined when it is. */
export function problemOfStatus(status: number): string | undefined {
  const known = gatewayStatuses.find((one) => one === status);
  return known === undefined ? undefined : t().view.gateway[known];
}

/** Why a load without an answer failed, in words; undefined when it did not. `name` is Chromium's, such as ERR_CONNECTION_REFUSED. */
export function problemOfLoad(code: number, name: string): string | undefined {
  if (code === aborted || code === 0) return undefined;
  if (name.startsWith('ERR_CERT_')) return t().view.certificate(name);
  if (name === 'ERR_CONNECTION_REFUSED') return t().view.refused(name);
  return t().view.notLoaded(name === '' ? String(code) : name);
}

/** Milliseconds to wait before the load after `failures` failed ones in a row: 1 s, 2 s, 4 s, 8 s, then every 15 s. */
export function retryDelayMs(failures: number): number {
  return Math.min(1_000 * 2 ** Math.max(0, failures - 1), 15_000);
}
