import { GuildNetError } from '#contract/errors.ts';
import { imageReferenceProblem } from '#contract/image-reference.ts';
import { baseNameOfImage, checkBaseName } from '#contract/names.ts';
import { parseDuration } from '#contract/duration.ts';
import type { Job, Preset } from '#contract/server.ts';
import { workspaceSpecSchema } from '#contract/workspace.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { newEnv } from './new-env.ts';
import { newHome } from './new-home.ts';
import { newProbe } from './new-probe.ts';

export interface NewWorkspace {
  /** The name before its suffix. */
  base: string;
  labels: Record<string, string>;
  spec: WorkspaceSpec;
}

function invalid(field: string, message: string, remedy: string): GuildNetError {
  return new GuildNetError('invalid_spec', message, { remedy, details: { field } });
}

function checkedImage(text: string): string {
  const image = text.trim();
  const problem = imageReferenceProblem(image);
  if (problem === undefined) return image;
  throw invalid('image', problem, 'Give the image as a registry knows it, for example "ghcr.io/owner/image:1.2".');
}

type Resources = NonNullable<WorkspaceSpec['resources']>;

/** What is asked for is requested and is the limit too: the specification has one value for each. */
function newResources(job: Job): Resources | undefined {
  const given = Object.entries(job.resources ?? {}).flatMap(([name, value]) => {
    const trimmed = value?.trim() ?? '';
    return trimmed === '' ? [] : [[name, trimmed] as const];
  });
  if (given.length === 0) return undefined;
  const amounts = Object.fromEntries(given);
  const examples: Record<string, string> = { cpu: '"500m" or "2"', memory: '"512Mi" or "4Gi"' };
  for (const [name, value] of given) {
    if (workspaceSpecSchema.shape.resources.safeParse({ limits: { [name]: value } }).success) continue;
    throw invalid(
      `resources.${name}`,
      `"${value}" is not an amount of ${name}.`,
      `Write for example ${examples[name] ?? '"1"'}.`,
    );
  }
  return { requests: amounts, limits: amounts };
}

type Ports = NonNullable<WorkspaceSpec['ports']>;

function newPorts(job: Job): Ports | undefined {
  if (job.expose === undefined || job.expose.length === 0) return undefined;
  const seen = new Set<number | string>();
  return job.expose.map(({ port, name }, index) => {
    const field = `expose[${String(index)}]`;
    const label = name?.trim().toLowerCase();
    for (const one of label === undefined || label === '' ? [port] : [port, label]) {
      if (seen.has(one))
        throw invalid(field, `The port ${String(one)} is listed twice.`, 'List every port and name once.');
      seen.add(one);
    }
    if (label === undefined || label === '') return { containerPort: port };
    if (!/^(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(label)) {
      throw invalid(
        field,
        `"${label}" is not a port name.`,
        'Use at most 15 lower-case letters, digits and hyphens, with a letter among them.',
      );
    }
    return { containerPort: port, name: label };
  });
}

/** A time that something happens after; blank means never. */
function newTime(field: string, text: string | undefined): string | undefined {
  const time = text?.trim() ?? '';
  if (time === '') return undefined;
  if ((parseDuration(time) ?? 0) > 0) return time;
  throw invalid(field, `"${time.slice(0, 80)}" is not a time.`, 'Write for example "2h" or "90m"; days have no unit.');
}

const labelKey = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

function newLabels(job: Job): Record<string, string> {
  for (const [key, value] of Object.entries(job.labels ?? {})) {
    const field = `labels.${key}`;
    if (key.startsWith('guildnet.io/'))
      throw invalid(field, `The label ${key} is GuildNet's own.`, 'Use a key with another prefix.');
    if (!labelKey.test(key) || !labelValue.test(value)) {
      throw invalid(
        field,
        `The label ${key}=${value} is not valid in Kubernetes.`,
        'Use at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit.',
      );
    }
  }
  return { ...job.labels };
}

/**
 * What a launch request asks for, checked and cleaned (specification, "Multiple Workspaces & Name Generation" and
 * "Operator Defaults & Hardening": blank env entries are dropped). Throws `invalid_spec` naming the field.
 */
export function newWorkspace(job: Job, presets: readonly Preset[] = []): NewWorkspace {
  const image = checkedImage(job.image);
  const name = job.name?.trim() ?? '';
  const base = name === '' ? baseNameOfImage(image) : checkBaseName(name);
  const env = newEnv(job.env);
  const resources = newResources(job);
  const ports = newPorts(job);
  const labels = newLabels(job);
  const home = newHome(image, job.home, presets);
  const probe = newProbe(job.probe);
  const ttl = newTime('ttl', job.ttl);
  const stopAfter = newTime('idle.stopAfter', job.idle?.stopAfter);
  const spec: WorkspaceSpec = {
    image,
    ...(job.args === undefined || job.args.length === 0 ? {} : { args: job.args }),
    ...(env.length === 0 ? {} : { env }),
    ...(ports === undefined ? {} : { ports }),
    ...(resources === undefined ? {} : { resources }),
    ...(home === undefined ? {} : { home }),
    ...(probe === undefined ? {} : { probe }),
    ...(stopAfter === undefined ? {} : { idle: { stopAfter } }),
    ...(ttl === undefined ? {} : { ttl }),
  };
  const parsed = workspaceSpecSchema.safeParse(spec);
  // As it was asked for: defaults are the API server's to fill in.
  if (parsed.success) return { base, labels, spec };
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? 'spec';
  throw invalid(field, `${field}: ${issue?.message ?? 'is not valid'}.`, 'Correct the named field.');
}
