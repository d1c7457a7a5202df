/** What pages without a script look like, which the app shows where there is no UI to show. */
export const plainStyle = `:root { color-scheme: light dark; --accent: #4f46e5; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 38rem; margin: 0 auto; padding: 2.5rem 2rem; }
h1 { font-size: 1.35rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
p { white-space: pre-line; overflow-wrap: anywhere; user-select: text; }
label { display: block; margin-top: .75rem; font-weight: 600; }
input { display: block; box-sizing: border-box; width: 100%; margin-top: .25rem; padding: .45rem .6rem; font: inherit; }
.remedy { font-weight: 600; }
.log { font-size: .85rem; opacity: .75; }
nav { margin-top: 2rem; display: flex; gap: .75rem; }
a, button { padding: .5rem 1rem; border-radius: .4rem; border: 1px solid; color: inherit; background: none; font: inherit; text-decoration: none; }
a.main, button.main { background: var(--accent); border-color: var(--accent); color: #fff; }
:focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that may stand in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
