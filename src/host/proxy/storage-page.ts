import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { StorageReport } from '#contract/storage-probe.ts';

const reportOf = (storage: StorageReport['storage']): string =>
  JSON.stringify({ type: 'guildnet-storage', storage } satisfies StorageReport);

/**
 * Looks whether this origin has storage here, stores nothing, and says so to the page that frames it and to no other: that is
 * one of `framers`, and sends its origin as referrer, as it does to the application itself.
 */
const script = `
(() => {
  const report = (() => {
    try {
      return localStorage.length >= 0 ? ${reportOf('allowed')} : ${reportOf('blocked')};
    } catch {
      return ${reportOf('blocked')};
    }
  })();
  if (parent !== window && document.referrer !== '') parent.postMessage(report, new URL(document.referrer).origin);
})();
`;

/** Answers with the page of `contract/storage-probe.ts`. It says nothing of the workspace, so nobody is asked who they are. */
export function answerStorageProbe(response: ServerResponse, framers: readonly string[], requestId: string): void {
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors ${framers.join(' ')}`,
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  });
  response.end(`<!doctype html><title>Storage</title><script nonce="${nonce}">${script}</script>`);
}
