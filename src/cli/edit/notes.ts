/** A text as a person gets it to edit: what has to be known of it before it, and `problem`, why it could not be used as it was. */
export function withNotes(notes: readonly string[], body: string, problem?: string): string {
  const all = [
    ...(problem === undefined ? [] : ['It could not be used as it was:', ...problem.split('\n'), '']),
    ...notes,
  ];
  return `${all.map((note) => `# ${note}`.trimEnd()).join('\n')}\n${body}`;
}

/** Without the notes at its beginning. */
export function withoutNotes(text: string): string {
  return text.replace(/^(?:#[^\n]*(?:\n|$))+/, '');
}
