import { GuildNetError } from '#contract/errors.ts';
import { mostPresets } from '#contract/image-defaults.ts';
import type { Preset } from '#contract/image-defaults.ts';
import type { ShownPreset } from '#contract/presets.ts';
import type { Log } from '../observability/log.ts';
import { newWorkspace } from '../workspaces/new-workspace.ts';
import { nearestNames } from '../workspaces/resource/nearest-names.ts';
import { checkIfMatch } from '../workspaces/resource/etag.ts';
import { isSameLabel, presetOf, shownPresets } from './overlay.ts';
import type { Overlay } from './overlay.ts';
import { readOverlay, writeOverlay } from './overlay-file.ts';

/** What is offered at launch, and what was changed of it here (record 34). */
export interface Presets {
  /** Reads what was changed. What cannot be read is logged, and then nothing was. */
  open(): Promise<void>;
  /** Those that are offered: what a launch goes by. */
  offered(): Preset[];
  /** Also those that are hidden. */
  list(): ShownPreset[];
  /** Throws `not_found`, with the nearest labels. */
  get(label: string): ShownPreset;
  /** Throws `invalid_spec` for what no workspace can have, and `conflict` where there is one of this label. */
  create(preset: Preset): Promise<ShownPreset>;
  /** Throws `not_found`, `invalid_spec`, and `precondition_failed` where `ifMatch` is given and it is another by now. */
  replace(label: string, preset: Preset, ifMatch?: string): Promise<ShownPreset>;
  remove(label: string, ifMatch?: string): Promise<void>;
  /** Throws `not_found`, and `conflict` for one that nobody offers. */
  reset(label: string): Promise<ShownPreset>;
}

export interface PresetsOptions {
  /** `<home>/presets.yaml`. */
  file: string;
  /** What is offered without any change: it may be other presets when another cluster is used. */
  base(): readonly Preset[];
  /** After each change. */
  changed(): void;
  log: Log;
}

export function createPresets({ file, base, changed, log }: PresetsOptions): Presets {
  let overlay: Overlay = {};
  let last: Promise<unknown> = Promise.resolve();

  const list = (): ShownPreset[] => shownPresets(base(), overlay);

  function get(label: string): ShownPreset {
    const found = list().find((one) => one.label === label);
    if (found !== undefined) return found;
    const labels = list().map((one) => one.label);
    const nearest = nearestNames(label, labels);
    throw new GuildNetError('not_found', `There is no preset "${label.slice(0, 80)}".`, {
      remedy:
        nearest.length === 0
          ? 'The list shows what there is.'
          : `Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}?`,
      details: { label: label.slice(0, 253), ...(nearest.length === 0 ? {} : { nearest }) },
    });
  }

  /** One after the other, each on what stands in the file: a person may have changed it, too. */
  function change<T>(act: (current: Overlay) => { next: Overlay; result: () => T }): Promise<T> {
    const before = last;
    const inTurn = async (): Promise<T> => {
      await before;
      overlay = await readOverlay(file);
      const { next, result } = act(overlay);
      if (Object.keys(next).length > mostPresets)
        throw new GuildNetError('conflict', `There are ${String(mostPresets)} changed presets already.`, {
          remedy: 'Remove some that nobody uses.',
        });
      await writeOverlay(file, next);
      overlay = next;
      changed();
      return result();
    };
    const done = inTurn();
    // Whoever asked hears of it; the next one begins anyway.
    last = done.catch(() => undefined);
    return done;
  }

  return {
    async open() {
      try {
        overlay = await readOverlay(file);
      } catch (error) {
        log.warn({ err: error }, 'The changed presets cannot be read; they are offered without the changes');
      }
    },
    offered: () =>
      list()
        .filter(({ source }) => source !== 'hidden')
        .map(presetOf),
    list,
    get,
    create: (preset) =>
      change((current) => {
        const checked = usable(preset);
        const same = list().find((one) => isSameLabel(one.label, preset.label));
        if (same !== undefined)
          throw new GuildNetError('conflict', `There is a preset "${same.label}" already.`, {
            remedy:
              same.source === 'hidden'
                ? 'It is hidden; reset it, or take another label.'
                : 'Edit it, or take another label.',
            details: { label: same.label },
          });
        return { next: { ...current, [preset.label]: checked }, result: () => get(preset.label) };
      }),
    replace: (label, preset, ifMatch) =>
      change((current) => {
        checkIfMatch(ifMatch, get(label).etag, 'preset');
        if (preset.label !== label)
          throw new GuildNetError('invalid_spec', `The label is "${label}" in the path and another one in the body.`, {
            remedy: 'Make a preset of the new label, and remove this one.',
            details: { field: 'label' },
          });
        return { next: { ...current, [label]: usable(preset) }, result: () => get(label) };
      }),
    remove: (label, ifMatch) =>
      change((current) => {
        const { source, etag } = get(label);
        checkIfMatch(ifMatch, etag, 'preset');
        const { [label]: _removed, ...rest } = current;
        return { next: source === 'own' ? rest : { ...rest, [label]: null }, result: () => undefined };
      }),
    reset: (label) =>
      change((current) => {
        if (get(label).source === 'own')
          throw new GuildNetError('conflict', `The preset "${label}" was made here, and is as it was made.`, {
            remedy: 'Edit or remove it.',
          });
        const { [label]: _reset, ...rest } = current;
        return { next: rest, result: () => get(label) };
      }),
  };
}

/** Whether a workspace can be launched with it. Throws `invalid_spec` naming the field. */
function usable({ label: _label, ...fields }: Preset): Omit<Preset, 'label'> {
  newWorkspace({ image: fields.image }, [{ label: 'it', ...fields }]);
  return fields;
}
