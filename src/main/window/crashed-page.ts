import { uiOrigin, type OwnFile } from '../ui/ui-scheme.ts';
import { escapeHtml, plainStyle } from './plain-page.ts';

const pagePath = '/crashed';
const stylePath = '/crashed.css';
export const crashedUrl = `${uiOrigin}${pagePath}`;

/** The page that stands where the UI has crashed twice in a short while, and leads back to it, and its style. */
export function crashedFiles(uiUrl: string): ReadonlyMap<string, OwnFile> {
  const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>GuildNet’s page has crashed</title>
<link rel="stylesheet" href="${stylePath}">
</head>
<body>
<main>
<h1>GuildNet’s page has crashed</h1>
<p role="alert">It crashed twice within half a minute, and has not been loaded again by itself. Your workspaces keep running.</p>
<nav><a class="main" href="${escapeHtml(uiUrl)}">Reload</a></nav>
</main>
</body>
</html>
`;
  return new Map([
    [pagePath, { type: 'text/html; charset=utf-8', text }],
    [stylePath, { type: 'text/css', text: plainStyle }],
  ]);
}
