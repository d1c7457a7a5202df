import { GuildNetError } from '#contract/errors.ts';
import { createEditedFile } from './edited-file.ts';
import { editUntilTaken } from './edit-until-taken.ts';
import type { Handed } from './edit-until-taken.ts';
import { withNotes, withoutNotes } from './notes.ts';
import { runEditor } from './run-editor.ts';

export interface EditInFileOptions {
  /** What is edited, in words (`workspace box`), and what its file is called. */
  what: string;
  name: string;
  body: string;
  notes: readonly string[];
  env: NodeJS.ProcessEnv;
  handIn(body: string): Promise<Handed>;
}

/** Refusals that another text may not meet; after any other there is no use in editing. */
const mendable: ReadonlySet<string> = new Set(['bad_body', 'bad_request', 'invalid_spec', 'conflict', 'forbidden']);

/**
 * Has a person edit a text in a file until it is taken. When it is given up, what the last attempt was refused with is thrown, the file
 * is kept, and the remedy says where.
 */
export async function editInFile({ what, name, body, notes, env, handIn }: EditInFileOptions): Promise<void> {
  const file = await createEditedFile(name);
  let isKept = true;
  try {
    const problem = await editUntilTaken({
      body,
      async edit(text, wrong) {
        await file.write(withNotes(notes, text, wrong));
        await runEditor(file.path, env);
        return withoutNotes(await file.read());
      },
      async handIn(text) {
        try {
          return await handIn(text);
        } catch (error) {
          if (!(error instanceof GuildNetError) || !mendable.has(error.code)) throw error;
          const remedy = error.remedy === undefined ? [] : [error.remedy];
          return { kind: 'refused', problem: [error.message, ...remedy].join('\n') };
        }
      },
    });
    if (problem !== undefined) throw new GuildNetError('invalid_spec', `The ${what} was not changed: ${problem}`);
    isKept = false;
  } catch (error) {
    if (!(error instanceof GuildNetError)) throw error;
    throw new GuildNetError(error.code, error.message, {
      remedy: `${error.remedy === undefined ? '' : `${error.remedy} `}What you wrote is kept in ${file.path}.`,
      details: { ...error.details, file: file.path },
      cause: error,
    });
  } finally {
    if (!isKept) await file.remove();
  }
}
