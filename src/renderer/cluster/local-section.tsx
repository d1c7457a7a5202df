import { createResource, Show, type JSX } from 'solid-js';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { LocalImages } from './local-images.tsx';

/** The local cluster of the host's machine, where there is one: started, stopped, and the images on its node. */
export function LocalSection(): JSX.Element {
  const { platform, world, actions } = useSession();
  const isBusy = (): boolean => actions.state.cluster.busy !== undefined;
  const isUsed = (): boolean => world.cluster?.source === 'local';
  const isMoving = (): boolean => world.cluster?.progress !== undefined || world.cluster?.phase === 'building';
  // It may have been stopped or started by the command line: looked at anew with each change of the connection.
  const [local] = createResource(
    () => `${world.cluster?.phase ?? ''} ${String(isMoving())} ${String(isBusy())}`,
    () => platform.host.cluster.local(),
  );
  const known = () => (local.state === 'ready' || local.state === 'refreshing' ? local.latest : undefined);
  const runs = (): boolean => ['running', 'degraded'].includes(known()?.phase ?? '');
  return (
    <>
      <Show when={local.state === 'errored'}>
        <ProblemNote title={t().local.notKnown} {...toShownProblem(local.error)} tone="wait" />
      </Show>
      <Show when={known()?.phase !== 'absent' && !isMoving() && known()}>
        {(it) => (
          <section aria-label={t().local.title} class="flex flex-col gap-3">
            <div class="flex items-center gap-3 max-sm:flex-wrap">
              <div class="min-w-0 flex-1 max-sm:basis-full">
                <h2 class="text-lg font-semibold">{t().local.title}</h2>
                <p class="text-muted">{t().local.phases[it().phase]}</p>
              </div>
              <Show when={it().available && it().phase !== 'running'}>
                <button
                  type="button"
                  class="button"
                  disabled={isBusy()}
                  onClick={() => void actions.askCluster('startLocal')}
                >
                  {it().phase === 'degraded' ? t().local.heal : t().local.start}
                </button>
              </Show>
              <Show when={it().available && runs()}>
                <ConfirmDialog
                  trigger={t().local.stop}
                  icon="stop"
                  disabled={isBusy()}
                  title={t().local.stopTitle}
                  confirm={t().local.stop}
                  onConfirm={() => void actions.askCluster('stopLocal')}
                >
                  {isUsed() ? t().local.stopUsed : t().local.stopText}
                </ConfirmDialog>
              </Show>
            </div>
            <Show when={!it().available && it().reason}>
              {(reason) => <ProblemNote tone="wait" message={reason()} remedy={it().remedy} />}
            </Show>
            <Show when={it().available && runs()}>
              <LocalImages />
            </Show>
          </section>
        )}
      </Show>
    </>
  );
}
