import { createResource, For, Show, type JSX } from 'solid-js';
import type { ClusterRight, ClusterRights } from '#contract/cluster-resources.ts';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { ReloadButton } from '../components/reload-button.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { numberWords } from '../words/numbers.ts';

const isWhole = ({ missing }: ClusterRight): boolean => missing.length === 0;

/** What the cluster lets this host do, rule by rule: what is missing, and what does not work without it. */
export function RightsSection(): JSX.Element {
  const { platform } = useSession();
  const [rights, { refetch }] = createResource(() => platform.host.cluster.rights());
  const isBusy = (): boolean => rights.loading;
  const known = () => (rights.state === 'ready' || rights.state === 'refreshing' ? rights.latest : undefined);
  return (
    <section aria-label={t().rights.title} class="flex flex-col gap-3">
      <div class="flex items-center gap-3">
        <h2 class="min-w-0 flex-1 text-lg font-semibold">{t().rights.title}</h2>
        <ReloadButton label={t().rights.again} isBusy={isBusy()} onReload={() => void refetch()} />
      </div>
      <Show when={rights.state === 'errored'}>
        <ProblemNote title={t().rights.notKnown} {...toShownProblem(rights.error)} tone="wait" />
      </Show>
      <Show when={rights.state === 'pending'}>
        <p class="text-muted">{t().rights.looking}</p>
      </Show>
      <Show when={known()}>{(it) => <Rules rights={it()} />}</Show>
    </section>
  );
}

function Rules(props: { rights: ClusterRights }): JSX.Element {
  const lacking = () => props.rights.rules.filter((rule) => !isWhole(rule));
  const granted = () => props.rights.rules.filter(isWhole);
  const count = () => numberWords(props.rights.rules.length);
  return (
    <>
      <Show when={lacking().length > 0} fallback={<p class="text-muted">{t().rights.all(count())}</p>}>
        <p class="wrap-anywhere">
          {t().rights.some(numberWords(lacking().length), count())} {t().rights.remedy}{' '}
          <code class="text-ink select-text">guildnet rbac --namespace {props.rights.namespace}</code>
        </p>
        <ul class="card divide-y divide-line" aria-label={t().rights.missing}>
          <For each={lacking()}>{(rule) => <RuleRow rule={rule} />}</For>
        </ul>
      </Show>
      <Show when={granted().length > 0}>
        <details class="card">
          <summary class="cursor-default px-4 py-2.5 font-medium">
            {t().rights.grantedRules(numberWords(granted().length))}
          </summary>
          <ul class="divide-y divide-line border-t border-line" aria-label={t().rights.granted}>
            <For each={granted()}>{(rule) => <RuleRow rule={rule} />}</For>
          </ul>
        </details>
      </Show>
    </>
  );
}

function RuleRow(props: { rule: ClusterRight }): JSX.Element {
  const ink = (): string =>
    isWhole(props.rule) ? 'text-good-ink' : props.rule.vital ? 'text-bad-ink' : 'text-wait-ink';
  return (
    <li class="flex gap-3 px-4 py-2.5">
      <Icon name={isWhole(props.rule) ? 'check' : 'alert'} class={`mt-0.5 ${ink()}`} />
      <div class="min-w-0 flex-1 select-text">
        <p class="wrap-anywhere">{props.rule.why}</p>
        <p class="font-mono text-xs wrap-anywhere text-muted">
          {props.rule.grants}{' '}
          <span class="font-sans">
            {props.rule.scope === 'cluster' ? t().rights.inCluster : t().rights.inNamespace}
          </span>
        </p>
        <Show when={!isWhole(props.rule)}>
          <p class={`text-sm wrap-anywhere ${ink()}`}>
            {t().rights.not(props.rule.missing.join('; '))}
            <Show when={props.rule.vital}> ({t().rights.vital})</Show>
          </p>
        </Show>
      </div>
    </li>
  );
}
