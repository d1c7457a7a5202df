import { createEffect, createSignal, For, on, onCleanup, Show, type JSX } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { Forward } from '#contract/forwards.ts';
import type { WorkspacePort } from '#contract/workspace-events.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { ForwardForm } from './forward-form.tsx';
import { ForwardRow } from './forward-row.tsx';
import { poll } from '../state/poll.ts';
import { PortRow } from './port-row.tsx';
import { t } from '../words/language.ts';

/** Often enough that a server which somebody has just started is there when they look for it. */
const pauseMs = 5_000;

interface Known {
  ports: WorkspacePort[];
  forwards: Forward[];
}

/** The ports of one workspace: what listens, where each is shown, and which are at the host's machine. Asked for while it is looked at. */
export function PortsView(props: { id: string }): JSX.Element {
  const { platform, world, whyNot } = useSession();
  const { host } = platform;
  const [known, setKnown] = createStore<Known>({ ports: [], forwards: [] });
  const [isKnown, setIsKnown] = createSignal(false);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const [refusal, setRefusal] = createSignal<ShownProblem>();

  const isAtMachine = (): boolean => whyNot('machine') === undefined;

  const polling = poll({
    load: async (signal) => {
      const { id } = props;
      const [ports, forwards] = await Promise.all([
        host.resources.ports({ id }, { signal }),
        // At the machine of the host they are of no use to anybody else.
        isAtMachine() ? host.forwards.ofWorkspace({ id }, { signal }) : [],
      ]);
      return { ports, forwards };
    },
    onValue: ({ ports, forwards }) => {
      // The same rows stay, so that nothing that somebody uses is taken from under their hands.
      setKnown('ports', reconcile(ports, { key: 'port' }));
      setKnown('forwards', reconcile(forwards, { key: 'id' }));
      setIsKnown(true);
      setProblem(undefined);
    },
    onProblem: (error) => setProblem(toShownProblem(error)),
    pauseMs,
    isHidden: () => document.hidden,
  });
  onCleanup(() => polling.stop());
  // Who looks may be known later than what is asked first, and be refused the one for the other.
  createEffect(on(isAtMachine, () => polling.now(), { defer: true }));

  const ask = async (act: () => Promise<unknown>): Promise<boolean> => {
    setRefusal(undefined);
    try {
      await act();
      return true;
    } catch (error) {
      setRefusal(toShownProblem(error));
      return false;
    } finally {
      polling.now();
    }
  };
  const forward = (port: number, isAnyFree: boolean): Promise<boolean> => {
    const { id } = props;
    return ask(() => host.forwards.open({ id, port, ...(isAnyFree ? { local_port: 0 } : {}) }));
  };
  const stop = (id: string): Promise<boolean> => ask(() => host.forwards.stop({ forward: id }));
  const isForwarded = (port: number): boolean => known.forwards.some((one) => one.port === port);

  return (
    <div class="min-h-0 flex-1 overflow-y-auto">
      <div class="mx-auto flex w-full max-w-3xl flex-col gap-6 px-6 py-8 max-sm:px-4">
        <Show when={problem()}>{(it) => <ProblemNote {...it()} tone="wait" />}</Show>
        <section aria-label={t().portList.title}>
          <h2 class="mb-2 font-medium">{t().portList.title}</h2>
          <Show
            when={isKnown()}
            fallback={
              <p class="flex items-center gap-2.5 text-muted">
                <span class="spinner" /> {t().asking.looking}
              </p>
            }
          >
            <ul class="card divide-y divide-line" aria-label={t().portList.title}>
              <For each={known.ports}>
                {(port) => (
                  <PortRow
                    id={props.id}
                    port={port}
                    mayOpen={whyNot('ports', world.servers[props.id]) === undefined}
                    mayForward={isAtMachine()}
                    isForwarded={isForwarded(port.port)}
                    onForward={() => void forward(port.port, false)}
                    onProblem={setRefusal}
                  />
                )}
              </For>
            </ul>
            <p class="mt-2 text-sm text-muted">{t().portList.about}</p>
          </Show>
        </section>
        <Show when={isAtMachine()}>
          <section aria-label={t().portList.forwards}>
            <h2 class="mb-1 font-medium">{t().portList.forwardsTitle}</h2>
            <p class="mb-2 text-sm text-muted">{t().portList.forwardsAbout}</p>
            <Show when={known.forwards.length > 0}>
              <ul class="card mb-3 divide-y divide-line" aria-label={t().portList.forwards}>
                <For each={known.forwards}>
                  {(one) => <ForwardRow forward={one} onStop={() => void stop(one.id)} />}
                </For>
              </ul>
            </Show>
            <Show when={refusal()}>
              {(it) => (
                <div class="mb-3">
                  <ProblemNote {...it()} alert onDismiss={() => setRefusal(undefined)} />
                </div>
              )}
            </Show>
            <ForwardForm onForward={forward} />
          </section>
        </Show>
      </div>
    </div>
  );
}
