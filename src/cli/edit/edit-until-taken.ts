/** What became of a text that was handed in. */
export type Handed = { kind: 'done' } | { kind: 'refused'; problem: string };

export interface EditUntilTakenOptions {
  body: string;
  /** Has the person edit it, with what was wrong with it before; what it is then, without the notes. */
  edit(body: string, problem: string | undefined): Promise<string>;
  handIn(body: string): Promise<Handed>;
}

/**
 * Has a text edited until it is taken. One that is handed in again as it was refused is given up: the problem then, undefined when it
 * was taken.
 */
export async function editUntilTaken({ body, edit, handIn }: EditUntilTakenOptions): Promise<string | undefined> {
  let problem: string | undefined;
  let text = body;
  for (;;) {
    const edited = await edit(text, problem);
    if (problem !== undefined && edited === text) return problem;
    text = edited;
    const handed = await handIn(text);
    if (handed.kind === 'done') return undefined;
    ({ problem } = handed);
  }
}
