import { createResource, createSignal, For, Show, type JSX } from 'solid-js';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** The contexts of the host's kubeconfig, where there are several, and the way to another one. */
export function ContextChoice(): JSX.Element {
  const { platform, world, whyNot } = useSession();
  const [contexts] = createResource(
    () =>
      whyNot('host') === undefined &&
      `${world.cluster?.context ?? ''} ${world.cluster?.phase ?? ''} ${String(world.contextChanges)}`,
    () => platform.host.cluster.contexts(),
  );
  const [problem, setProblem] = createSignal<ShownProblem>();
  const known = () => (contexts.state === 'ready' || contexts.state === 'refreshing' ? (contexts.latest ?? []) : []);
  const inUse = () => (world.cluster?.phase === 'online' ? t().cluster.inUse : t().cluster.isTried);
  const use = (context: string): void => {
    setProblem(undefined);
    platform.host.cluster.use({ context }).catch((error: unknown) => setProblem(toShownProblem(error)));
  };
  return (
    <Show when={known().length > 1}>
      <section aria-label={t().cluster.contexts}>
        <h2 class="mb-2 text-lg font-semibold">{t().cluster.contextsOf}</h2>
        <Show when={problem()}>{(it) => <ProblemNote {...it()} alert onDismiss={() => setProblem(undefined)} />}</Show>
        <ul class="card divide-y divide-line" aria-label={t().cluster.contexts}>
          <For each={known()}>
            {({ name, server, namespace, current }) => (
              <li class="flex items-center gap-3 px-4 py-2">
                <div class="min-w-0 flex-1">
                  <p class="font-medium wrap-anywhere">{name}</p>
                  <p class="truncate font-mono text-xs text-muted">
                    {[server, namespace].filter((part) => part !== undefined).join(' · ')}
                  </p>
                </div>
                <Show when={!current} fallback={<span class="text-muted">{inUse()}</span>}>
                  <button
                    type="button"
                    class="button"
                    aria-label={t().cluster.useNamed(name)}
                    onClick={() => use(name)}
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
