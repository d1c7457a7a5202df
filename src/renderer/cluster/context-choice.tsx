import { createSignal, For, Show, type JSX } from 'solid-js';
import type { KubeContext } from '#contract/contexts.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { createContexts } from './open-contexts.ts';

/** The contexts of the host's kubeconfig, where there are several: the way to another one, and to several at a time. */
export function ContextChoice(): JSX.Element {
  const { platform, world } = useSession();
  const known = createContexts();
  const [problem, setProblem] = createSignal<ShownProblem>();
  const inUse = () => (world.cluster?.phase === 'online' ? t().cluster.inUse : t().cluster.isTried);
  const make = (act: Promise<unknown>): void => {
    setProblem(undefined);
    act.catch((error: unknown) => setProblem(toShownProblem(error)));
  };
  const { cluster } = platform.host;
  return (
    <Show when={known().length > 1}>
      <section aria-label={t().cluster.contexts}>
        <h2 class="mb-2 text-lg font-semibold">{t().cluster.contextsOf}</h2>
        <p class="mb-2 text-sm text-muted">{t().cluster.openAbout}</p>
        <Show when={problem()}>{(it) => <ProblemNote {...it()} alert onDismiss={() => setProblem(undefined)} />}</Show>
        <ul class="card divide-y divide-line" aria-label={t().cluster.contexts}>
          <For each={known()}>
            {(one) => (
              <li class="flex items-center gap-3 px-4 py-2 max-sm:flex-wrap">
                <ContextFacts context={one} />
                <Show when={!one.current} fallback={<span class="text-muted">{inUse()}</span>}>
                  <Show
                    when={one.open !== undefined}
                    fallback={
                      <button
                        type="button"
                        class="button"
                        aria-label={t().cluster.openNamed(one.name)}
                        onClick={() => make(cluster.open({ context: one.name }))}
                      >
                        {t().cluster.open}
                      </button>
                    }
                  >
                    <button
                      type="button"
                      class="button"
                      aria-label={t().cluster.closeNamed(one.name)}
                      onClick={() => make(cluster.close({ context: one.name }))}
                    >
                      {t().cluster.close}
                    </button>
                  </Show>
                  <button
                    type="button"
                    class="button"
                    aria-label={t().cluster.useNamed(one.name)}
                    onClick={() => make(cluster.use({ context: one.name }))}
                  >
                    {t().cluster.use}
                  </button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

/** What it is called, where it leads, and how it fares where it is open. */
function ContextFacts(props: { context: KubeContext }): JSX.Element {
  const open = () => props.context.open;
  const place = () => [props.context.server, open()?.namespace ?? props.context.namespace];
  return (
    <div class="min-w-0 flex-1">
      <p class="font-medium wrap-anywhere">{props.context.name}</p>
      <p class="truncate font-mono text-xs text-muted">
        {place()
          .filter((part) => part !== undefined)
          .join(' · ')}
      </p>
      <Show when={open()}>
        {(it) => (
          <p class="text-sm wrap-anywhere">
            {t().cluster.openAs(it().phase, props.context.label ?? '')}
            <Show when={it().problem}>{(found) => <span class="text-muted"> {found().message}</span>}</Show>
          </p>
        )}
      </Show>
    </div>
  );
}
