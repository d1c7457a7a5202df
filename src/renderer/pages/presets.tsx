import { createEffect, createMemo, createResource, createSignal, For, Show, type JSX } from 'solid-js';
import type { ShownPreset } from '#contract/presets.ts';
import { Icon } from '../components/icons.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { presetDrafts } from '../presets/preset-drafts.ts';
import { PresetEditor } from '../presets/preset-editor.tsx';
import { PresetRow } from '../presets/preset-row.tsx';
import { toShownProblem } from '../problem/shown-problem.ts';
import { HostTabs } from '../shell/host-tabs.tsx';
import { Page } from '../shell/page.tsx';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** What is offered at launch, to be changed. */
export function PresetsPage(): JSX.Element {
  const { platform, world, whyNot } = useSession();
  const [presets] = createResource(
    () => world.link.phase === 'live' && 1 + world.presetChanges,
    () => platform.host.presets.list(),
  );
  const [edited, setEdited] = createSignal<string>();
  // What was begun and not saved is open again.
  const wasTyped = (label: string): boolean => presetDrafts(label).read() !== undefined;
  const [isAdding, setAdding] = createSignal(wasTyped(''));
  // Also while they are fetched again, and where that fails: the rows stay, and what is being typed in one of them.
  const known = createMemo<ShownPreset[] | undefined>((before) =>
    presets.state === 'ready' || presets.state === 'refreshing' ? presets.latest : before,
  );

  const labels = createMemo(() => known()?.map(({ label }) => label));
  let isFirstTime = true;
  createEffect(() => {
    const all = labels();
    if (all === undefined || !isFirstTime) return;
    isFirstTime = false;
    setEdited(all.find(wasTyped));
  });
  const close = (): void => {
    setEdited(undefined);
    setAdding(false);
  };

  const Entry = (props: { label: string }): JSX.Element => (
    <Show when={known()?.find(({ label }) => label === props.label)}>
      {(preset) => (
        <Show
          when={edited() === props.label}
          fallback={<PresetRow preset={preset()} onEdit={() => setEdited(props.label)} />}
        >
          <li class="p-2">
            <PresetEditor preset={preset()} onDone={close} onCancel={close} />
          </li>
        </Show>
      )}
    </Show>
  );

  return (
    <Page
      title={t().frame.presets}
      actions={
        <Show when={whyNot('host') === undefined}>
          <button type="button" class="button" aria-expanded={isAdding()} onClick={() => setAdding(!isAdding())}>
            <Icon name="plus" />
            {t().presets.add}
          </button>
        </Show>
      }
    >
      <HostTabs />
      <div class="flex flex-col gap-4">
        <Show when={isAdding()}>
          <PresetEditor onDone={close} onCancel={close} />
        </Show>
        <Show when={presets.state === 'errored'}>
          <ProblemNote title={t().presets.notKnown} {...toShownProblem(presets.error)} />
        </Show>
        <Show when={labels()}>
          {(all) => (
            <ul class="card divide-y divide-line" aria-label={t().frame.presets}>
              {/* By label: what is being edited stays open while others come and go. */}
              <For each={all()}>{(label) => <Entry label={label} />}</For>
            </ul>
          )}
        </Show>
      </div>
    </Page>
  );
}
