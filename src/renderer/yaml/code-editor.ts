import { autocompletion, completionKeymap, type Completion, type CompletionContext } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { linter, lintKeymap, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { editorTheme, yamlColours } from './editor-theme.ts';
import type { Field } from './fields-at.ts';
import { placeAt, type Place } from './place-at.ts';

export interface CodeEditor {
  setText(text: string): void;
  focus(): void;
  close(): void;
}

export interface CodeEditorOptions {
  /** Its name for screen readers. */
  label: string;
  text: string;
  onText(text: string): void;
  onPlace(place: Place): void;
  onSave(): void;
  /** What can be written at a place: fields with names of their own, or the values of one. */
  offered(place: Place): { fields: readonly Field[]; values: readonly string[] };
  wrongIn(text: string): readonly { from: number; to: number; message: string }[];
}

/**
 * An editor of YAML in an element. It stands in a shadow tree: there its styles are sheets that a script adopts, which the page's
 * Content-Security-Policy allows; in the document they would be `<style>` elements, which it forbids.
 */
export function openCodeEditor(element: HTMLElement, options: CodeEditorOptions): CodeEditor {
  const root = element.attachShadow({ mode: 'open' });
  const parent = document.createElement('div');
  parent.style.height = '100%';
  root.append(parent);
  const placeIn = (state: EditorState): Place => placeAt(state.doc.toString(), state.selection.main.head);
  const view = new EditorView({
    parent,
    root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        yaml(),
        syntaxHighlighting(yamlColours),
        editorTheme,
        linter(({ state }) => diagnosticsOf(options.wrongIn(state.doc.toString())), { delay: 300 }),
        autocompletion({ override: [(context) => completed(context, options)], icons: false }),
        keymap.of([
          { key: 'Mod-s', preventDefault: true, run: () => (options.onSave(), true) },
          // Tab stays what leads to the next control; these two are customary beside it.
          { key: 'Mod-]', run: indentMore },
          { key: 'Mod-[', run: indentLess },
          ...completionKeymap,
          ...lintKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...defaultKeymap,
        ]),
        EditorView.contentAttributes.of({ 'aria-label': options.label, spellcheck: 'false', tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onText(update.state.doc.toString());
          if (update.docChanged || update.selectionSet) options.onPlace(placeIn(update.state));
        }),
      ],
    }),
  });
  options.onPlace(placeIn(view.state));
  return {
    setText(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}

function diagnosticsOf(places: readonly { from: number; to: number; message: string }[]): Diagnostic[] {
  return places.map(({ from, to, message }) => ({ from, to: Math.max(from, to), message, severity: 'error' }));
}

function completed(context: CompletionContext, { offered }: CodeEditorOptions) {
  const place = placeAt(context.state.doc.toString(), context.pos);
  const { fields, values } = offered(place);
  const completions = place.isValue ? values.map((value): Completion => ({ label: value })) : fields.map(completionOf);
  if (completions.length === 0 || (place.typed === '' && !context.explicit)) return null;
  return { from: context.pos - place.typed.length, options: completions, validFor: /^\w*$/ };
}

function completionOf({ name, type, about, isNested }: Field): Completion {
  return { label: name, detail: type, info: about, apply: isNested === undefined ? `${name}: ` : `${name}:` };
}
