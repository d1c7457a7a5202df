import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** The editor in the product's own colours, which are variables that reach into its shadow tree and follow light and dark. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--gn-ink)', backgroundColor: 'var(--gn-surface)' },
  '&.cm-focused': { outline: '2px solid var(--gn-accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: mono, lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--gn-ink)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--gn-ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--gn-surface)',
    color: 'var(--gn-muted)',
    borderRight: '1px solid var(--gn-line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--gn-hover)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'var(--gn-accent-soft) !important',
  },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--gn-wait-soft)' },
  '.cm-panels': { backgroundColor: 'var(--gn-sunken)', color: 'var(--gn-ink)', borderColor: 'var(--gn-line)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--gn-surface)',
    color: 'var(--gn-ink)',
    border: '1px solid var(--gn-line-strong)',
    borderRadius: '7px',
    boxShadow: 'var(--gn-shadow-float)',
  },
  '.cm-completionInfo': { maxWidth: '22rem', padding: '6px 9px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--gn-accent)',
    color: 'var(--gn-on-accent)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.75' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--gn-bad-dot)' },
});

export const yamlColours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--gn-accent)' },
  { tag: tags.string, color: 'var(--gn-ink)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--gn-wait-ink)' },
  { tag: tags.comment, color: 'var(--gn-muted)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator], color: 'var(--gn-muted)' },
]);
