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
<html lang="en">
<head>
<meta charset="utf-8">
<title>GuildNet could not start</title>
<link rel="stylesheet" href="${styleUrl}">
</head>
<body>
<main>
<h1>GuildNet could not start</h1>
<p role="alert">${escape(message)}</p>
${remedy === undefined ? '' : `<p class="remedy">${escape(remedy)}</p>`}
<p class="log">More is in ${escape(logFile)}</p>
<nav><a class="main" href="${actions.retry}">Try again</a> <a href="${actions.quit}">Quit</a></nav>
</main>
</body>
</html>
`;
}

export const problemStyle = `:root { color-scheme: light dark; --accent: #4f46e5; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 38rem; margin: 0 auto; padding: 2.5rem 2rem; }
h1 { font-size: 1.35rem; margin: 0 0 1rem; }
p { white-space: pre-line; overflow-wrap: anywhere; user-select: text; }
.remedy { font-weight: 600; }
.log { font-size: .85rem; opacity: .75; }
nav { margin-top: 2rem; display: flex; gap: .75rem; }
a { padding: .5rem 1rem; border-radius: .4rem; border: 1px solid; color: inherit; text-decoration: none; }
a.main { background: var(--accent); border-color: var(--accent); color: #fff; }
a:focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
`;

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
