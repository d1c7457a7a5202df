import { randomBytes } from 'node:crypto';
import type { ErrorBody } from '#contract/errors.ts';
import { failureScript } from './failure-script.ts';
import { failureState } from './failure-state.ts';
import { htmlText } from './html-text.ts';

export interface FailurePage {
  html: string;
  headers: Record<string, string>;
}

export interface FailurePageOptions {
  /** Loading it again asks the same: it was asked for by GET. */
  repeatable: boolean;
  /** Sources of `frame-ancestors`: whose pages may show it in a frame. */
  framers: readonly string[];
}

const style = `
:root { color-scheme: light dark; --text: #1c1f24; --soft: #5b6472; --back: #f6f7f9; --card: #fff; --edge: #dfe3e8; --accent: #1f5fbf; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --soft: #9aa4b2; --back: #101317; --card: #181c22; --edge: #2b313a; --accent: #8ab4f8; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; width: min(34rem, 92vw); padding: 2rem; background: var(--card); border: 1px solid var(--edge); border-radius: 12px; }
h1 { margin: 0 0 .75rem; font-size: 1.25rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; white-space: pre-line; }
a { color: var(--accent); font-weight: 600; }
footer { margin-top: 1.5rem; color: var(--soft); font-size: .875rem; }
[hidden] { display: none; }
`;

/** An element whose text the page's script may replace; without text it is there and hidden. */
function line(tag: string, id: string, text: string | undefined): string {
  return `<${tag} id="${id}"${text === undefined ? ' hidden' : ''}>${htmlText(text ?? '')}</${tag}>`;
}

/**
 * A page for a browser that asked for a workspace and cannot have it: what happened, why, and what to do, kept up to date by
 * itself, and gone as soon as the workspace is there. Without scripts it loads again by the clock.
 */
export function failurePage(body: ErrorBody, { repeatable, framers }: FailurePageOptions): FailurePage {
  const state = failureState(body);
  const nonce = randomBytes(16).toString('base64');
  const seconds = repeatable ? state.look : undefined;
  const refresh = `<noscript><meta http-equiv="refresh" content="${String(Math.max(2, seconds ?? 0))}"></noscript>\n`;
  const note = state.look === undefined ? undefined : 'This page looks again by itself.';
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${seconds === undefined ? '' : refresh}<title>${htmlText(state.title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main data-look="${String(state.look ?? 0)}" data-repeat="${repeatable ? 'yes' : 'no'}" aria-live="polite">
${line('h1', 'title', state.title)}
${line('p', 'message', state.message)}
${line('p', 'remedy', state.remedy)}
<p id="start"${state.wakes ? '' : ' hidden'}><a href="">Start it</a></p>
<footer>
${line('div', 'note', note)}
${line('span', 'reason', state.reason)}
<span>${htmlText(body.code)}${body.request_id === undefined ? '' : ` · request ${htmlText(body.request_id)}`}</span>
</footer>
</main>
<script nonce="${nonce}">${failureScript}</script>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framers.join(' ')}`,
  ];
  return {
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy.join('; '),
      'referrer-policy': 'same-origin',
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
