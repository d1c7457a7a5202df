import { GuildNetError } from '#contract/errors.ts';
import { imageReferenceProblem } from '#contract/image-reference.ts';
import { baseNameOfImage, checkBaseName } from '#contract/names.ts';
import { pullPolicies } from '#contract/spec/container.ts';
import { parseDuration } from '#contract/duration.ts';
import type { Preset } from '#contract/image-defaults.ts';
import type { Job } from '#contract/server.ts';
import { workspaceSpecSchema } from '#contract/workspace.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { defaultsOf } from './image-defaults.ts';
import { newEnv } from './new-env.ts';
import { newHome } from './new-home.ts';
import { newLabels } from './new-labels.ts';
import { newPlacement } from './new-placement.ts';
import { newProbe } from './new-probe.ts';
import { newResources } from './new-resources.ts';

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

type Ports = NonNullable<WorkspaceSpec['ports']>;

function newPorts(exposed: Job['expose']): Ports | undefined {
  if (exposed === undefined || exposed.length === 0) return undefined;
  const seen = new Set<number | string>();
  return exposed.map(({ port, name }, index) => {
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

/** When the image is pulled; blank leaves it to the operator. */
function newPullPolicy(job: Job): WorkspaceSpec['imagePullPolicy'] {
  const text = job.imagePullPolicy?.trim() ?? '';
  if (text === '') return undefined;
  const policy = pullPolicies.find((one) => one === text);
  if (policy !== undefined) return policy;
  throw invalid(
    'imagePullPolicy',
    `"${text.slice(0, 80)}" is no pull policy.`,
    `Write one of ${pullPolicies.join(', ')}.`,
  );
}

/**
 * What a launch request asks for, checked and cleaned (specification, "Multiple Workspaces & Name Generation" and
 * "Operator Defaults & Hardening": blank env entries are dropped). Throws `invalid_spec` naming the field.
 */
export function newWorkspace(job: Job, presets: readonly Preset[] = []): NewWorkspace {
  const image = checkedImage(job.image);
  const name = job.name?.trim() ?? '';
  const base = name === '' ? baseNameOfImage(image) : checkBaseName(name);
  const defaults = defaultsOf(image, presets);
  const args = job.args === undefined || job.args.length === 0 ? (defaults.args ?? []) : job.args;
  const env = newEnv(job.env, defaults.env);
  const resources = newResources(job);
  const ports = newPorts(job.expose === undefined || job.expose.length === 0 ? defaults.ports : job.expose);
  const labels = newLabels(job);
  const home = newHome(job.home, defaults.home);
  const probe = newProbe(job.probe) ?? defaults.probe;
  const imagePullPolicy = newPullPolicy(job);
  const ttl = newTime('ttl', job.ttl);
  const stopAfter = newTime('idle.stopAfter', job.idle?.stopAfter);
  const spec: WorkspaceSpec = {
    image,
    ...(imagePullPolicy === undefined ? {} : { imagePullPolicy }),
    ...(args.length === 0 ? {} : { args }),
    ...(env.length === 0 ? {} : { env }),
    ...(ports === undefined ? {} : { ports }),
    ...(resources === undefined ? {} : { resources }),
    ...(home === undefined ? {} : { home }),
    ...(probe === undefined ? {} : { probe }),
    ...(stopAfter === undefined ? {} : { idle: { stopAfter } }),
    ...(ttl === undefined ? {} : { ttl }),
    ...newPlacement(job),
  };
  const parsed = workspaceSpecSchema.safeParse(spec);
  // As it was asked for: defaults are the API server's to fill in.
  if (parsed.success) return { base, labels, spec };
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? 'spec';
  throw invalid(field, `${field}: ${issue?.message ?? 'is not valid'}.`, 'Correct the named field.');
}
