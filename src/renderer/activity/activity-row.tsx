import { A } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import type { AuditEntry } from '#contract/audit.ts';
import { Icon } from '../components/icons.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { ownerWords } from '../workspaces/list-view.ts';
import { callWords, outcomeOf, timesWords, timeWords } from './entry-words.ts';

const chips = { bad: 'bg-bad-soft text-bad-ink', wait: 'bg-wait-soft text-wait-ink' } as const;

/** One act: what, with which workspace, by whom and from where, when, and what came of it by which rule. */
export function ActivityRow(props: { entry: AuditEntry }): JSX.Element {
  const outcome = (): ReturnType<typeof outcomeOf> => outcomeOf(props.entry);
  return (
    <li class="flex gap-3 px-4 py-2.5 select-text">
      <Icon
        name={outcome() === undefined ? 'check' : 'alert'}
        class={`mt-0.5 ${{ bad: 'text-bad-ink', wait: 'text-wait-ink', good: 'text-muted' }[outcome()?.tone ?? 'good']}`}
      />
      <div class="min-w-0 flex-1">
        <p class="flex flex-wrap items-baseline gap-x-2">
          <span class="font-medium" title={props.entry.call}>
            {callWords(props.entry.call)}
          </span>
          <About entry={props.entry} />
          <Show when={outcome()}>
            {(it) => (
              <span class={`rounded-full px-2 text-sm font-medium whitespace-nowrap ${chips[it().tone]}`}>
                {it().text}
              </span>
            )}
          </Show>
          <Show when={timesWords(props.entry)}>{(times) => <span class="text-sm text-muted">{times()}</span>}</Show>
        </p>
        <p class="text-sm wrap-anywhere text-muted">
          <span class="text-ink" title={props.entry.who}>
            {ownerWords(props.entry.who)}
          </span>
          <Show when={props.entry.device}>
            {(device) => <span title={props.entry.device_id}> {t().activity.at(device())}</span>}
          </Show>
          <span> · {t().activity.rule(props.entry.rule)}</span>
          <Show when={outcome() !== undefined && props.entry.request_id}>
            {(id) => <span class="block font-mono text-xs">{t().frame.request(id())}</span>}
          </Show>
        </p>
      </div>
      <time
        class="shrink-0 text-sm text-muted tabular-nums"
        datetime={props.entry.at}
        title={new Date(props.entry.at).toLocaleString()}
      >
        {timeWords(props.entry.at)}
      </time>
    </li>
  );
}

/** With what it was done: a workspace, as a link where it still is, or what was to be launched or used. */
function About(props: { entry: AuditEntry }): JSX.Element {
  const { world } = useSession();
  return (
    <Show
      when={props.entry.workspace}
      fallback={
        <Show when={props.entry.image ?? props.entry.context}>
          {(what) => <span class="font-mono text-xs wrap-anywhere text-muted">{what()}</span>}
        </Show>
      }
    >
      {(id) => (
        <Show when={world.servers[id()]} fallback={<span class="wrap-anywhere">{id()}</span>}>
          <A class="link wrap-anywhere" href={`/workspaces/${encodeURIComponent(id())}`}>
            {id()}
          </A>
        </Show>
      )}
    </Show>
  );
}
