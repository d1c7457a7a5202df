import type { ErrorBody } from '#contract/errors.ts';
import { remedyOf } from '#contract/errors.ts';

export interface FailurePage {
  html: string;
  headers: Record<string, string>;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);

const style = `
:root { color-scheme: light dark; --text: #1c1f24; --soft: #5b6472; --back: #f6f7f9; --card: #fff; --edge: #dfe3e8; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --soft: #9aa4b2; --back: #101317; --card: #181c22; --edge: #2b313a; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; width: min(34rem, 92vw); padding: 2rem; background: var(--card); border: 1px solid var(--edge); border-radius: 12px; }
h1 { margin: 0 0 .75rem; font-size: 1.25rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; white-space: pre-line; }
small { display: block; margin-top: 1.5rem; color: var(--soft); }
`;

const titles: Partial<Record<string, string>> = {
  not_ready: 'The workspace is not ready',
  not_found: 'There is no such workspace',
  forbidden: 'This is not allowed',
  unauthorized: 'You are not signed in',
  no_cluster: 'No cluster is connected',
  cluster_offline: 'The cluster does not answer',
  cluster_unauthorized: 'The cluster does not accept our credentials',
  unsupported: 'This cannot be opened',
};

/** Seconds until the page looks again by itself, or undefined when only a person can change something. */
export function refreshAfter({ code, details }: ErrorBody): number | undefined {
  if (code === 'not_ready') {
    const phase = details?.['phase'];
    if (phase === 'Stopped') return undefined;
    return phase === 'Failed' ? 10 : 2;
  }
  return ['upstream_failed', 'cluster_offline', 'no_cluster', 'timeout'].includes(code) ? 5 : undefined;
}

/** A page for a browser that asked for a workspace and cannot have it: what happened, why, and what to do. No script. */
export function failurePage(body: ErrorBody): FailurePage {
  const seconds = refreshAfter(body);
  const remedy = remedyOf(body);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${seconds === undefined ? '' : `<meta http-equiv="refresh" content="${String(seconds)}">\n`}<title>${escape(titles[body.code] ?? 'The workspace could not be reached')}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escape(titles[body.code] ?? 'The workspace could not be reached')}</h1>
<p>${escape(body.message)}</p>
${remedy === undefined ? '' : `<p>${escape(remedy)}</p>\n`}<small>${seconds === undefined ? '' : 'This page looks again by itself. '}${escape(body.code)}${body.request_id === undefined ? '' : ` · request ${escape(body.request_id)}`}</small>
</main>
</body>
</html>
`;
  return {
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    },
  };
}

/** Whether the client wants a page to look at rather than JSON. */
export function wantsPage(headers: { accept?: string | undefined; 'sec-fetch-mode'?: string | undefined }): boolean {
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined) return mode === 'navigate';
  return headers.accept?.split(',')[0]?.trim().startsWith('text/html') ?? false;
}
