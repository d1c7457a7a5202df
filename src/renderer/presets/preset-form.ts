import { imageReferenceProblem } from '#contract/image-reference.ts';
import type { Preset } from '#contract/image-defaults.ts';
import { t } from '../words/language.ts';

/** A preset as a person types it. What the form does not show of one that is edited stays as it is. */
export interface PresetForm {
  label: string;
  image: string;
  description: string;
  /** `3000:web, 8443:https` */
  ports: string;
  homePath: string;
  homeSize: string;
}

export const emptyPresetForm: PresetForm = {
  label: '',
  image: '',
  description: '',
  ports: '',
  homePath: '',
  homeSize: '',
};

export function presetFormOf({ label, image, description = '', ports = [], home }: Preset): PresetForm {
  return {
    label,
    image,
    description,
    ports: ports.map(({ port, name }) => (name === undefined ? String(port) : `${String(port)}:${name}`)).join(', '),
    homePath: home?.mountPath ?? '',
    homeSize: home?.size ?? '',
  };
}

export type PresetProblems = Partial<Record<keyof PresetForm, string>>;

/** What is wrong with each field, in words; the host checks the rest. */
export function presetProblems(form: PresetForm): PresetProblems {
  const image = imageReferenceProblem(form.image.trim());
  const strange = partsOf(form.ports).find((text) => portOf(text) === undefined);
  return {
    ...(form.label.trim() === '' ? { label: t().presets.needsLabel } : {}),
    ...(image === undefined ? {} : { image }),
    ...(strange === undefined ? {} : { ports: t().presets.noPort(strange) }),
  };
}

/** `before`: the preset that is edited, of which everything else is kept. */
export function presetFrom(form: PresetForm, before?: Preset): Preset {
  const { description: _text, ports: _ports, home: _home, ...kept } = before ?? {};
  const ports = partsOf(form.ports).flatMap((text) => portOf(text) ?? []);
  const [description, mountPath, size] = [form.description.trim(), form.homePath.trim(), form.homeSize.trim()];
  const home = { ...(mountPath === '' ? {} : { mountPath }), ...(size === '' ? {} : { size }) };
  // A home without path and size is one, too; it is given up by clearing what stood there.
  const keepsBareHome = before?.home !== undefined && Object.keys(before.home).length === 0;
  return {
    ...kept,
    label: form.label.trim(),
    image: form.image.trim(),
    ...(description === '' ? {} : { description }),
    ...(ports.length === 0 ? {} : { ports }),
    ...(Object.keys(home).length === 0 && !keepsBareHome ? {} : { home }),
  };
}

function partsOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function portOf(text: string): { port: number; name?: string } | undefined {
  const [, digits, name] = /^(\d{1,5})(?::([a-z0-9](?:[-a-z0-9]{0,13}[a-z0-9])?))?$/.exec(text) ?? [];
  const port = Number(digits ?? 0);
  if (port < 1 || port > 65_535) return undefined;
  return name === undefined ? { port } : { port, name };
}
