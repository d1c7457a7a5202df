import { crashedFiles } from '../window/crashed-page.ts';
import { languageOfWords, t } from '../words/words.ts';
import { plainStyle } from '../window/plain-page.ts';
import { uiOrigin, type OwnFile } from './ui-scheme.ts';

const notePath = '/full-screen';
const noteStylePath = '/full-screen.css';
export const fullScreenNoteUrl = `${uiOrigin}${notePath}`;

const noteStyle = `${plainStyle}
body { display: grid; place-items: center; height: 100vh; background: #121616; color: #fff; }
p { margin: 0; }
kbd { border: 1px solid; border-radius: .25rem; padding: 0 .35rem; font: inherit; }
`;

/** What stands over a page that fills the screen, for as long as it takes to read it. */
const notePage = (): string => `<!doctype html>
<html lang="${languageOfWords()}">
<head>
<meta charset="utf-8">
<title>${t().view.fullScreen}</title>
<link rel="stylesheet" href="${noteStylePath}">
</head>
<body>
<p role="status">${t().view.fullScreen} <kbd>Esc</kbd> ${t().view.leadsBack}</p>
</body>
</html>
`;

const notShownPath = '/not-shown';
const notShownStylePath = '/not-shown.css';
export const notShownUrl = `${uiOrigin}${notShownPath}`;

/** What is below a view in a window of its own, and seen while the workspace's page is not there. */
const notShownPage = (): string => `<!doctype html>
<html lang="${languageOfWords()}">
<head>
<meta charset="utf-8">
<title>${t().view.notThere}</title>
<link rel="stylesheet" href="${notShownStylePath}">
</head>
<body>
<main>
<h1>${t().view.notThere}</h1>
<p>${t().view.notThereWhy}</p>
</main>
</body>
</html>
`;

/** The app's own pages beside the UI, which have no script, by their path. */
export function ownPages(uiUrl: string): ReadonlyMap<string, OwnFile> {
  return new Map([
    ...crashedFiles(uiUrl),
    [notePath, { type: 'text/html; charset=utf-8', text: notePage() }],
    [notShownPath, { type: 'text/html; charset=utf-8', text: notShownPage() }],
    [notShownStylePath, { type: 'text/css', text: plainStyle }],
    [noteStylePath, { type: 'text/css', text: noteStyle }],
  ]);
}
