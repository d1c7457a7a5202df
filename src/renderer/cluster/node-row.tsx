import { For, type JSX } from 'solid-js';
import type { ClusterNode } from '#contract/cluster-resources.ts';
import { t } from '../words/language.ts';
import { numberWords } from '../words/numbers.ts';
import { AmountBar } from './amount-bar.tsx';
import { coreWords, memoryWords } from './amount-words.ts';

/** One node: whether it takes workspaces, what it complains of, and how full it is. */
export function NodeRow(props: { node: ClusterNode }): JSX.Element {
  const state = (): string =>
    [
      props.node.ready ? t().capacity.ready : t().capacity.notReady,
      ...(props.node.schedulable ? [] : [t().capacity.cordoned]),
    ].join(', ');
  const isWell = (): boolean => props.node.ready && props.node.complaints.length === 0;
  return (
    <li class="flex flex-col gap-2.5 px-4 py-3">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <h3 class="min-w-48 flex-1 font-medium wrap-anywhere select-text max-sm:basis-full">{props.node.name}</h3>
        <p class="min-w-0 text-sm wrap-anywhere text-muted">
          {[props.node.version, props.node.architecture].filter((part) => part !== undefined).join(' · ')}
        </p>
        <p class={`text-sm ${isWell() ? 'text-good-ink' : 'text-bad-ink'}`}>{state()}</p>
      </div>
      <For each={props.node.complaints}>
        {(complaint) => <p class="text-sm wrap-anywhere text-bad-ink select-text">{complaint}</p>}
      </For>
      <div class="grid gap-x-6 gap-y-2.5 sm:grid-cols-3">
        <AmountBar
          label={t().capacity.cpu}
          requested={props.node.requested.cpu}
          whole={props.node.allocatable.cpu}
          used={props.node.used?.cpu}
          words={coreWords}
        />
        <AmountBar
          label={t().capacity.memory}
          requested={props.node.requested.memory}
          whole={props.node.allocatable.memory}
          used={props.node.used?.memory}
          words={memoryWords}
        />
        <AmountBar
          label={t().capacity.pods}
          requested={props.node.requested.pods}
          whole={props.node.allocatable.pods}
          words={numberWords}
        />
      </div>
    </li>
  );
}
