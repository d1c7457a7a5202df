import { useSearchParams } from '@solidjs/router';
import { createEffect, createMemo, createResource, createSignal, For, on, onCleanup, Show, type JSX } from 'solid-js';
import type { AuditEntry } from '#contract/audit.ts';
import { ActivityControls } from '../activity/activity-controls.tsx';
import { addressOf, auditQueryOf, filterOf, isFiltering, type ActivityFilter } from '../activity/activity-filter.ts';
import { ActivityRow } from '../activity/activity-row.tsx';
import { byDay, dayWords } from '../activity/entry-words.ts';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { NotForYou } from '../permission/refused-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
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
  const [asked, setAsked] = createSignal(auditQueryOf(filter(), pageSize));
  createEffect(() => {
    const next = auditQueryOf(filter(), pageSize);
    const timer = setTimeout(() => setAsked(next), typingMs);
    onCleanup(() => clearTimeout(timer));
  });
  const [report, { refetch }] = createResource(asked, (query) => platform.host.access.audit(query));
  const [isEnd, setEnd] = createSignal(false);
  const [older, setOlder] = createSignal<readonly AuditEntry[]>([]);
  // What is older belongs to the page that it was asked after.
  createEffect(
    // One that was refused must not be read: it throws, and nobody may break the page by asking for what is not for them.
    on(
      () => (report.state === 'errored' ? undefined : report()),
      () => {
        setOlder([]);
        setEnd(false);
      },
    ),
  );
  const known = (): AuditEntry[] | undefined =>
    report.state === 'ready' || report.state === 'refreshing' ? [...(report.latest ?? []), ...older()] : undefined;
  const [isLoading, setLoading] = createSignal(false);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const more = async (before: string): Promise<void> => {
    const query = asked();
    setLoading(true);
    setProblem(undefined);
    try {
      const page = await platform.host.access.audit({ ...query, before });
      if (query !== asked()) return;
      setOlder((shown) => [...shown, ...page]);
      setEnd(page.length < pageSize);
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setLoading(false);
    }
  };
  const now = createClock(60_000);

  const change = (next: ActivityFilter): void => {
    setAddress(addressOf(next), { replace: true });
  };
  /** The last that is shown, where there may be older ones. */
  const last = (): string | undefined => {
    const entries = known() ?? [];
    return entries.length >= pageSize && !isEnd() ? entries.at(-1)?.id : undefined;
  };
  const count = (): string => {
    const length = known()?.length;
    if (length === undefined) return '';
    return last() !== undefined
      ? t().activity.atLeast(numberWords(length))
      : t().activity.count(length, numberWords(length));
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
            <Show when={problem()}>{(it) => <ProblemNote {...it()} alert />}</Show>
            <Show when={last()}>
              {(before) => (
                <button
                  type="button"
                  class="button self-center"
                  aria-busy={isLoading()}
                  disabled={isLoading()}
                  onClick={() => void more(before())}
                >
                  {t().activity.more}
                </button>
              )}
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
