import { Match, Show, Switch, type JSX } from 'solid-js';
import { ProblemNote } from '../components/problem-note.tsx';
import type { EditWorkspace, Question } from './edit-workspace.ts';
import { savedWords } from './saved-words.ts';

interface SaveBarProps {
  edit: EditWorkspace;
  onSave: (answers?: Parameters<EditWorkspace['save']>[0]) => void;
  onLoad: () => void;
  /** Why it cannot be saved by whoever looks at it. */
  refusal: string | undefined;
}

/** Below the editor: what is wrong, what has to be decided, and what can be done with the text. */
export function SaveBar(props: SaveBarProps): JSX.Element {
  const kind = () => props.edit.edited().kind;
  const isIdle = (): boolean => kind() !== 'patch' || props.edit.isBusy() || props.refusal !== undefined;
  return (
    <div class="flex shrink-0 flex-col gap-2 border-t border-line bg-surface px-4 py-2.5">
      <Show when={props.edit.problem()}>{(it) => <ProblemNote title="Not saved" {...it()} alert />}</Show>
      <Show when={props.edit.question()}>
        {(question) => <QuestionNote question={question()} onSave={props.onSave} onLoad={props.onLoad} />}
      </Show>
      <div class="flex items-center gap-2">
        <p role="status" class="min-w-0 flex-1 truncate text-sm text-muted">
          {props.refusal === undefined ? statusOf(props.edit) : `You may not change it. ${props.refusal}`}
        </p>
        <button
          type="button"
          class="button"
          aria-disabled={props.edit.isBusy()}
          onClick={() => props.onLoad()}
          title="Read it anew; what you have changed here is lost"
        >
          {kind() === 'unchanged' ? 'Reload' : 'Discard'}
        </button>
        <button
          type="button"
          class="button button-primary"
          aria-disabled={isIdle()}
          aria-busy={props.edit.isBusy()}
          onClick={() => {
            if (!isIdle()) props.onSave();
          }}
        >
          Save
        </button>
      </div>
    </div>
  );
}

function statusOf({ edited, draft, saved }: EditWorkspace): string {
  const result = edited();
  if (result.kind === 'wrong') return result.problem.split('\n')[0] ?? '';
  if (result.kind === 'patch') return 'Changed, not saved';
  const patched = saved();
  if (patched !== undefined) return savedWords(patched);
  const hidden = draft()?.workspace.spec.env_hidden ?? [];
  return hidden.length === 0 ? '' : `Variables that are not shown, and stay: ${hidden.join(', ')}`;
}

function QuestionNote(props: { question: Question; onSave: SaveBarProps['onSave']; onLoad: () => void }): JSX.Element {
  return (
    <div
      role="alertdialog"
      aria-label="Save"
      class="flex flex-wrap items-center gap-2 rounded-lg bg-wait-soft px-3 py-2.5"
    >
      <Switch>
        <Match when={props.question.kind === 'restart' && props.question}>
          {(restart) => (
            <>
              <p class="min-w-0 flex-1 wrap-anywhere text-wait-ink">
                It runs, and only another pod can have this: {restart().restarts.join(', ')}.
              </p>
              <button type="button" class="button" onClick={() => props.onSave({ restart: 'next-start' })}>
                From the next start on
              </button>
              <button type="button" class="button" onClick={() => props.onSave({ restart: 'now' })}>
                Restart now
              </button>
            </>
          )}
        </Match>
        <Match when={props.question.kind === 'changed-by-both' && props.question}>
          {(both) => (
            <>
              <p class="min-w-0 flex-1 wrap-anywhere text-wait-ink">
                Somebody else has changed {both().fields.join(', ')} meanwhile.
              </p>
              <button type="button" class="button" onClick={() => props.onLoad()}>
                Take theirs
              </button>
              <button type="button" class="button" onClick={() => props.onSave({ overTheirs: true })}>
                Write mine
              </button>
            </>
          )}
        </Match>
      </Switch>
    </div>
  );
}
