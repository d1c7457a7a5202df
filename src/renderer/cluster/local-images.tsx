import { createResource, createSignal, For, Show, type JSX } from 'solid-js';
import type { LocalImageView } from '#contract/local-cluster.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';
import { memoryWords } from './amount-words.ts';

/** The images on the local cluster's node: how large, where from, what needs them. Those that nothing needs can be removed. */
export function LocalImages(): JSX.Element {
  const { host } = useSession().platform;
  const [images, { refetch }] = createResource(() => host.cluster.localImages());
  const [busy, setBusy] = createSignal<string>();
  const [problem, setProblem] = createSignal<ShownProblem>();
  const known = () => (images.state === 'ready' || images.state === 'refreshing' ? images.latest : undefined);
  const remove = async (name: string): Promise<void> => {
    setBusy(name);
    setProblem(undefined);
    try {
      await host.cluster.removeImage({ name });
      await refetch();
    } catch (error) {
      setProblem(toShownProblem(error));
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <div class="flex flex-col gap-2">
      <h3 class="font-medium">{t().local.images}</h3>
      <Show when={images.state === 'errored'}>
        <ProblemNote title={t().local.imagesNotKnown} {...toShownProblem(images.error)} tone="wait" />
      </Show>
      <Show when={images.state === 'pending'}>
        <p class="flex items-center gap-2 text-muted">
          <span class="spinner" />
          {t().local.looking}
        </p>
      </Show>
      <Show when={problem()}>{(it) => <ProblemNote {...it()} alert onDismiss={() => setProblem(undefined)} />}</Show>
      <Show when={known()}>
        {(it) => (
          <ul class="card divide-y divide-line" aria-label={t().local.images}>
            <For each={it()}>
              {(image) => (
                <ImageRow image={image} busy={busy() !== undefined} onRemove={() => void remove(image.name)} />
              )}
            </For>
          </ul>
        )}
      </Show>
      <p class="text-sm text-muted">
        {t().local.howToLoad} <code class="text-ink select-text">guildnet cluster load-image image.tar</code>
      </p>
    </div>
  );
}

function ImageRow(props: { image: LocalImageView; busy: boolean; onRemove: () => void }): JSX.Element {
  const about = (): string => {
    const [first, ...others] = props.image.used_by;
    const used =
      first === undefined ? t().local.unused : others.length === 0 ? first : t().local.usedBy(first, others.length);
    return [t().local.origins[props.image.origin], used].join(' · ');
  };
  return (
    <li class="flex items-center gap-3 px-4 py-2">
      <div class="min-w-0 flex-1 select-text">
        <p class="font-mono text-sm wrap-anywhere">{props.image.name}</p>
        <p class="text-xs wrap-anywhere text-muted">{about()}</p>
      </div>
      <p class="shrink-0 text-sm text-muted tabular-nums">
        {props.image.size === undefined ? '' : memoryWords(props.image.size)}
      </p>
      <div class="w-8 shrink-0">
        <Show when={props.image.origin !== 'own' && props.image.used_by.length === 0}>
          <ConfirmDialog
            trigger={t().local.removeNamed(props.image.name)}
            compact
            disabled={props.busy}
            title={t().local.removeTitle}
            confirm={t().local.remove}
            onConfirm={() => props.onRemove()}
          >
            {t().local.removeText(props.image.name)}
          </ConfirmDialog>
        </Show>
      </div>
    </li>
  );
}
