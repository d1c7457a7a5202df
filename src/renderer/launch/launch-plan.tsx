import { Collapsible } from '@kobalte/core/collapsible';
import { createEffect, createResource, createSignal, onCleanup, Show, type JSX } from 'solid-js';
import type { Job } from '#contract/server.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** The cluster is not asked at every key. */
const typingMs = 400;

/** What a launch would create, as YAML, asked for while somebody looks at it. `job`: undefined while the form cannot be sent. */
export function LaunchPlan(props: { job: () => Job | undefined }): JSX.Element {
  return (
    <Collapsible>
      <Collapsible.Trigger class="button button-quiet group -ml-2.5">
        <Icon name="chevron" class="transition-transform group-data-expanded:rotate-90" />
        {t().launch.plan.title}
      </Collapsible.Trigger>
      <Collapsible.Content class="pt-2">
        <Planned job={props.job} />
      </Collapsible.Content>
    </Collapsible>
  );
}

function Planned(props: { job: () => Job | undefined }): JSX.Element {
  const { host } = useSession().platform;
  const [asked, setAsked] = createSignal<string>();
  createEffect(() => {
    const job = props.job();
    const next = job === undefined ? undefined : JSON.stringify(job);
    const timer = setTimeout(() => setAsked(next), asked() === undefined ? 0 : typingMs);
    onCleanup(() => clearTimeout(timer));
  });
  const [plan] = createResource(asked, async (text) => {
    const [{ manifest }, { stringify }] = await Promise.all([
      host.resources.plan(JSON.parse(text) as Job),
      import('yaml'),
    ]);
    return stringify(manifest);
  });
  // Also while it is asked for again: what was read stays.
  const known = (): string | undefined =>
    plan.state === 'ready' || plan.state === 'refreshing' ? plan.latest : undefined;
  return (
    <div class="flex flex-col gap-3" aria-busy={plan.loading}>
      <p class="max-w-prose text-sm text-muted">{t().launch.plan.about}</p>
      <Show when={props.job() !== undefined} fallback={<p class="text-muted">{t().launch.plan.incomplete}</p>}>
        <Show when={plan.state === 'pending'}>
          <span class="spinner" />
        </Show>
        <Show when={plan.state === 'errored'}>
          <ProblemNote title={t().launch.plan.refused} {...toShownProblem(plan.error)} tone="wait" />
        </Show>
        <Show when={known()}>
          {(text) => (
            <>
              <pre
                class="max-h-96 overflow-auto rounded-lg border border-line bg-sunken p-3 font-mono text-sm select-text"
                role="region"
                aria-label={t().launch.plan.name}
                tabindex="0"
              >
                {text()}
              </pre>
              <div class="flex items-center gap-2.5">
                <CopyButton text={text()} label={t().launch.plan.copy} />
              </div>
            </>
          )}
        </Show>
      </Show>
    </div>
  );
}
