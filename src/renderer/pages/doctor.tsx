import { createResource, For, Show, type JSX } from 'solid-js';
import type { CheckReport, Finding } from '#contract/doctor.ts';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { ReloadButton } from '../components/reload-button.tsx';
import { byUrgency, stateLooks, verdict } from '../doctor/finding-words.ts';
import { toShownProblem } from '../problem/shown-problem.ts';
import { HostTabs } from '../shell/host-tabs.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** What the host itself says it says in English: a screen reader has to know on a page of another language. */
const hostsLanguage = 'en';

/** What is wrong with the configuration, the cluster and the computer of the host, and what to do: `guildnet doctor` as a page. */
export function DoctorPage(): JSX.Element {
  const { platform } = useSession();
  const [report, { refetch }] = createResource(() => platform.host.host.doctor());
  const isBusy = (): boolean => report.loading;
  // Also while it looks again: what was found stays to be read.
  const known = () => (report.state === 'ready' || report.state === 'refreshing' ? report.latest : undefined);

  return (
    <Page
      title={t().frame.doctor}
      lead={known() === undefined ? t().doctor.lead : undefined}
      actions={<ReloadButton label={t().doctor.again} isBusy={isBusy()} onReload={() => void refetch()} />}
    >
      <HostTabs />
      <Show when={report.state === 'errored'}>
        <ProblemNote title={t().doctor.notExamined} {...toShownProblem(report.error)} alert />
      </Show>
      <Show when={report.state === 'pending'}>
        <p class="flex items-center gap-2 text-muted">
          <span class="spinner" />
          {t().doctor.looking}
        </p>
      </Show>
      <Show when={known()}>
        {(it) => (
          <div aria-busy={isBusy()}>
            <p class="mb-3 text-lg font-semibold" role="status">
              {verdict(it())}
            </p>
            <ul class="card divide-y divide-line" aria-label={t().doctor.checks}>
              <For each={byUrgency(it().checks)}>{(check) => <CheckRow check={check} />}</For>
            </ul>
          </div>
        )}
      </Show>
    </Page>
  );
}

function CheckRow(props: { check: CheckReport }): JSX.Element {
  const look = () => stateLooks[props.check.state];
  return (
    <li class="flex gap-3 px-4 py-3">
      <Icon name={look().icon} class={`mt-0.5 ${look().ink}`} />
      <div class="min-w-0 flex-1 select-text">
        <h2 class="font-medium">
          <span lang={hostsLanguage}>{props.check.title}</span>{' '}
          <span class={`font-normal ${look().ink}`}>{t().doctor.states[props.check.state]}</span>
        </h2>
        <For each={props.check.findings}>{(finding) => <FindingText finding={finding} />}</For>
      </div>
    </li>
  );
}

function FindingText(props: { finding: Finding }): JSX.Element {
  return (
    <div class="mt-1 wrap-anywhere" lang={hostsLanguage}>
      <p class={props.finding.state === 'ok' || props.finding.state === 'skipped' ? 'text-muted' : ''}>
        {props.finding.message}
      </p>
      <Show when={props.finding.remedy}>{(remedy) => <p class="text-sm">→ {remedy()}</p>}</Show>
    </div>
  );
}
