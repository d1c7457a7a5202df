import type { WorkspaceResource } from '#contract/workspace-resource.ts';

/** What has to be known of a workspace by somebody who edits it. */
export function notesOf({ id, spec: { env_hidden: hidden } }: Pick<WorkspaceResource, 'id' | 'spec'>): string[] {
  return [
    `The workspace ${id}. Save and leave to change it; leave it as it is, or empty, to change nothing.`,
    ...(hidden.length === 0 ? [] : [`Variables that are not shown, and stay: ${hidden.join(', ')}.`]),
    'What needs a restart counts from the next start on, unless --restart was given.',
  ];
}

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
