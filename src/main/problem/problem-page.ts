import { escapeHtml } from '../window/plain-page.ts';
import { languageOfWords, t } from '../words/words.ts';

export interface ShownFailure {
  readonly message: string;
  readonly remedy?: string | undefined;
  /** Where more can be read. */
  readonly logFile: string;
}

/** The links of the page; the window that shows it acts on them and never follows them. */
export const actions = { retry: 'app://problem/retry', quit: 'app://problem/quit' } as const;
export const pageUrl = 'app://problem/';
export const styleUrl = 'app://problem/style.css';

/** No script, no frame, no image: text, one style sheet and two links. */
export const problemPagePolicy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page that says why GuildNet could not start and what to do about it. All texts are escaped. */
export function problemPage({ message, remedy, logFile }: ShownFailure): string {
  return `<!doctype html>
<html lang="${languageOfWords()}">
<head>
<meta charset="utf-8">
<title>${t().problem.title}</title>
<link rel="stylesheet" href="${styleUrl}">
</head>
<body>
<main>
<h1>${t().problem.title}</h1>
<p role="alert">${escapeHtml(message)}</p>
${remedy === undefined ? '' : `<p class="remedy">${escapeHtml(remedy)}</p>`}
<p class="log">${escapeHtml(t().problem.log(logFile))}</p>
<nav><a class="main" href="${actions.retry}">${t().problem.tryAgain}</a> <a href="${actions.quit}">${t().problem.quit}</a></nav>
</main>
</body>
</html>
`;
}
