import { Match, Show, Switch, type JSX } from 'solid-js';
import { ProblemNote } from '../components/problem-note.tsx';
import type { EditWorkspace, Question } from './edit-workspace.ts';
import { savedWords } from './saved-words.ts';
import { t } from '../words/language.ts';

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
      <Show when={props.edit.problem()}>{(it) => <ProblemNote title={t().yaml.notSaved} {...it()} alert />}</Show>
      <Show when={props.edit.question()}>
        {(question) => <QuestionNote question={question()} onSave={props.onSave} onLoad={props.onLoad} />}
      </Show>
      <div class="flex items-center gap-2">
        <p role="status" class="min-w-0 flex-1 truncate text-sm text-muted">
          {props.refusal === undefined ? statusOf(props.edit) : t().yaml.mayNot(props.refusal)}
        </p>
        <button
          type="button"
          class="button"
          aria-disabled={props.edit.isBusy()}
          onClick={() => props.onLoad()}
          title={t().yaml.reloadHint}
        >
          {kind() === 'unchanged' ? t().yaml.reload : t().yaml.discard}
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
          {t().yaml.save}
        </button>
      </div>
    </div>
  );
}

function statusOf({ edited, draft, saved }: EditWorkspace): string {
  const result = edited();
  if (result.kind === 'wrong') return result.problem.split('\n')[0] ?? '';
  if (result.kind === 'patch') return t().yaml.changed;
  const patched = saved();
  if (patched !== undefined) return savedWords(patched);
  const hidden = draft()?.workspace.spec.env_hidden ?? [];
  return hidden.length === 0 ? '' : t().yaml.hidden(hidden.join(', '));
}

function QuestionNote(props: { question: Question; onSave: SaveBarProps['onSave']; onLoad: () => void }): JSX.Element {
  return (
    <div
      role="alertdialog"
      aria-label={t().yaml.save}
      class="flex flex-wrap items-center gap-2 rounded-lg bg-wait-soft px-3 py-2.5"
    >
      <Switch>
        <Match when={props.question.kind === 'restart' && props.question}>
          {(restart) => (
            <>
              <p class="min-w-0 flex-1 wrap-anywhere text-wait-ink">
                {t().yaml.needsRestart(restart().restarts.join(', '))}
              </p>
              <button type="button" class="button" onClick={() => props.onSave({ restart: 'next-start' })}>
                {t().yaml.nextStart}
              </button>
              <button type="button" class="button" onClick={() => props.onSave({ restart: 'now' })}>
                {t().yaml.restartNow}
              </button>
            </>
          )}
        </Match>
        <Match when={props.question.kind === 'changed-by-both' && props.question}>
          {(both) => (
            <>
              <p class="min-w-0 flex-1 wrap-anywhere text-wait-ink">
                {t().yaml.changedByBoth(both().fields.join(', '))}
              </p>
              <button type="button" class="button" onClick={() => props.onLoad()}>
                {t().yaml.takeTheirs}
              </button>
              <button type="button" class="button" onClick={() => props.onSave({ overTheirs: true })}>
                {t().yaml.writeMine}
              </button>
            </>
          )}
        </Match>
      </Switch>
    </div>
  );
}
