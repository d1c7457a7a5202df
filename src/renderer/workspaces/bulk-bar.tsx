import { createSignal, Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useSession } from '../state/session.tsx';
import { askAll } from '../state/ask-all.ts';
import { askable } from './selection.ts';
import { t } from '../words/language.ts';

interface BulkBarProps {
  shown: readonly Server[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
}

/** What can be done to all that are selected and in sight. What is refused is said in its own row. */
export function BulkBar(props: BulkBarProps): JSX.Element {
  const { actions, undo, world } = useSession();
  const [outcome, setOutcome] = createSignal('');
  const [isBusy, setBusy] = createSignal(false);
  const inSight = (): Server[] => props.shown.filter(({ id }) => props.selected.has(id));
  const of = (verb: 'start' | 'stop' | 'delete'): string[] => askable(props.shown, props.selected, verb);

  const act = async (verb: 'start' | 'stop' | 'delete'): Promise<void> => {
    if (isBusy()) return;
    setBusy(true);
    setOutcome('');
    const accepted =
      verb === 'delete'
        ? await undo.remove(of(verb).flatMap((id) => world.servers[id] ?? []))
        : await askAll(of(verb), (id) => actions.ask(verb, id));
    const refused = accepted.filter((is) => !is).length;
    const all = t().bulk.done[verb](accepted.length - refused);
    setOutcome(refused === 0 ? `${all}.` : `${all}, ${t().bulk.refused(refused)}.`);
    setBusy(false);
  };
  const button = (verb: 'start' | 'stop'): JSX.Element => (
    <button type="button" class="button" disabled={isBusy() || of(verb).length === 0} onClick={() => void act(verb)}>
      {t().bulk[verb](of(verb).length)}
    </button>
  );

  return (
    <>
      <Show when={inSight().length > 0}>
        <div role="toolbar" aria-label={t().bulk.selectedWorkspaces} class="mb-3 flex flex-wrap items-center gap-2">
          <p class="text-muted tabular-nums">{t().bulk.selected(inSight().length)}</p>
          {button('start')}
          {button('stop')}
          <ConfirmDialog
            trigger={t().bulk.delete(of('delete').length)}
            disabled={isBusy() || of('delete').length === 0}
            title={t().bulk.deleteTitle(of('delete').length)}
            confirm={t().bulk.deleteConfirm}
            onConfirm={() => void act('delete')}
          >
            {t().bulk.deleteText}
          </ConfirmDialog>
          <button
            type="button"
            class="button button-quiet"
            onClick={() => props.onSelect(new Set(props.shown.map(({ id }) => id)))}
          >
            {t().bulk.selectAll(props.shown.length)}
          </button>
          <button type="button" class="button button-quiet" onClick={() => props.onSelect(new Set())}>
            {t().bulk.selectNone}
          </button>
        </div>
      </Show>
      <p role="status" class="mb-2 text-sm text-muted empty:hidden">
        {outcome()}
      </p>
    </>
  );
}
