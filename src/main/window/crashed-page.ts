import { uiOrigin, type OwnFile } from '../ui/ui-scheme.ts';
import { languageOfWords, t } from '../words/words.ts';
import { escapeHtml, plainStyle } from './plain-page.ts';

const pagePath = '/crashed';
const stylePath = '/crashed.css';
export const crashedUrl = `${uiOrigin}${pagePath}`;

/** The page that stands where the UI has crashed twice in a short while, and leads back to it, and its style. */
export function crashedFiles(uiUrl: string): ReadonlyMap<string, OwnFile> {
  const text = `<!doctype html>
<html lang="${languageOfWords()}">
<head>
<meta charset="utf-8">
<title>${t().problem.crashed}</title>
<link rel="stylesheet" href="${stylePath}">
</head>
<body>
<main>
<h1>${t().problem.crashed}</h1>
<p role="alert">${t().problem.crashedWhy}</p>
<nav><a class="main" href="${escapeHtml(uiUrl)}">${t().problem.reload}</a></nav>
</main>
</body>
</html>
`;
  return new Map([
    [pagePath, { type: 'text/html; charset=utf-8', text }],
    [stylePath, { type: 'text/css', text: plainStyle }],
  ]);
}
