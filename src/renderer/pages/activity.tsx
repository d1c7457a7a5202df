import { useSearchParams } from '@solidjs/router';
import { createEffect, createMemo, createResource, createSignal, For, onCleanup, Show, type JSX } from 'solid-js';
import { mostAuditEntries, type AuditEntry } from '#contract/audit.ts';
import { ActivityControls } from '../activity/activity-controls.tsx';
import { addressOf, auditQueryOf, filterOf, isFiltering, type ActivityFilter } from '../activity/activity-filter.ts';
import { ActivityRow } from '../activity/activity-row.tsx';
import { byDay, dayWords } from '../activity/entry-words.ts';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { NotForYou } from '../permission/refused-note.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { HostTabs } from '../shell/host-tabs.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { createClock } from '../time/clock.ts';
import { t } from '../words/language.ts';
import { numberWords } from '../words/numbers.ts';

const pageSize = 100;
/** The host looks through whole files: it is not asked at every key. */
const typingMs = 300;
const mostProposals = 200;

/** Who changed and opened what: `guildnet audit` as a page. */
export function ActivityPage(): JSX.Element {
  const { whyNot } = useSession();
  return (
    <Show when={whyNot('host')} fallback={<Activity />}>
      {(reason) => (
        <Page title={t().activity.title}>
          <HostTabs />
          <NotForYou title={t().activity.notForYou} reason={reason()} />
        </Page>
      )}
    </Show>
  );
}

function Activity(): JSX.Element {
  const { platform, servers } = useSession();
  const [address, setAddress] = useSearchParams();
  const filter = createMemo(() => filterOf(address));
  const [limit, setLimit] = createSignal(pageSize);
  const [asked, setAsked] = createSignal(auditQueryOf(filter(), pageSize));
  createEffect(() => {
    const next = auditQueryOf(filter(), limit());
    const timer = setTimeout(() => setAsked(next), typingMs);
    onCleanup(() => clearTimeout(timer));
  });
  const [report, { refetch }] = createResource(asked, (query) => platform.host.access.audit(query));
  const known = (): AuditEntry[] | undefined =>
    report.state === 'ready' || report.state === 'refreshing' ? report.latest : undefined;
  const now = createClock(60_000);

  const change = (next: ActivityFilter): void => {
    setLimit(pageSize);
    setAddress(addressOf(next), { replace: true });
  };
  const isFull = (): boolean => (known()?.length ?? 0) >= limit();
  const count = (): string => {
    const length = known()?.length;
    if (length === undefined) return '';
    return isFull() ? t().activity.atLeast(numberWords(length)) : t().activity.count(length, numberWords(length));
  };
  const proposed = (named: readonly (string | undefined)[]): string[] =>
    [...new Set(named)].filter((it) => it !== undefined).slice(0, mostProposals);

  return (
    <Page
      title={t().activity.title}
      lead={t().activity.lead}
      actions={
        <button type="button" class="button" aria-busy={report.loading} onClick={() => void refetch()}>
          <Show when={report.loading} fallback={<Icon name="reload" />}>
            <span class="spinner" />
          </Show>
          {t().activity.reload}
        </button>
      }
    >
      <HostTabs />
      <ActivityControls
        filter={filter()}
        workspaces={proposed([...servers().map(({ id }) => id), ...(known() ?? []).map((it) => it.workspace)])}
        people={proposed((known() ?? []).map(({ who }) => who))}
        count={count()}
        onChange={change}
      />
      <Show when={report.state === 'errored'}>
        <ProblemNote title={t().activity.notKnown} {...toShownProblem(report.error)} alert />
      </Show>
      <Show when={report.state === 'pending'}>
        <p class="flex items-center gap-2.5 text-muted">
          <span class="spinner" /> {t().activity.loading}
        </p>
      </Show>
      <Show when={known()}>
        {(entries) => (
          <div class="flex flex-col gap-5" role="region" aria-label={t().activity.title} aria-busy={report.loading}>
            <For each={byDay(entries())} fallback={<Nothing filter={filter()} onAll={() => change(filterOf({}))} />}>
              {(day) => (
                <section>
                  <h2 class="mb-2 font-medium">{dayWords(day.at, now())}</h2>
                  <ul class="card divide-y divide-line">
                    <For each={day.entries}>{(entry) => <ActivityRow entry={entry} />}</For>
                  </ul>
                </section>
              )}
            </For>
            <Show when={isFull()}>
              <More limit={limit()} onMore={() => setLimit(limit() + pageSize)} />
            </Show>
          </div>
        )}
      </Show>
    </Page>
  );
}

function Nothing(props: { filter: ActivityFilter; onAll: () => void }): JSX.Element {
  return (
    <div class="card px-4 py-8 text-center text-muted">
      <p>{isFiltering(props.filter) ? t().activity.noneLikeThat : t().activity.empty}</p>
      <Show when={isFiltering(props.filter)}>
        <button type="button" class="button mt-3" onClick={() => props.onAll()}>
          {t().activity.all}
        </button>
      </Show>
    </div>
  );
}

/** Below a page that is full. */
function More(props: { limit: number; onMore: () => void }): JSX.Element {
  return (
    <Show
      when={props.limit < mostAuditEntries}
      fallback={<p class="text-center text-sm text-muted">{t().activity.noMore(numberWords(mostAuditEntries))}</p>}
    >
      <button type="button" class="button self-center" onClick={() => props.onMore()}>
        {t().activity.more}
      </button>
    </Show>
  );
}
