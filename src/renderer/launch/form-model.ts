import type { Job } from '#contract/server.ts';
import type { PullPolicy } from '#contract/spec/container.ts';
import type { ProbeKind } from '#contract/spec/probe.ts';
import { emptyPlacement, placementOf, type PlacementForm } from './placement-fields.ts';

export interface EnvRow {
  name: string;
  value: string;
}

/** A port as it stands in its field: text, until it is checked. */
export interface PortRow {
  port: string;
  name: string;
}

/** What a person has typed into the launch form. */
export interface LaunchForm extends PlacementForm {
  /** Which of the open contexts; empty: the one in use. */
  context: string;
  image: string;
  name: string;
  env: EnvRow[];
  ports: PortRow[];
  /** Whether it gets a home volume: as its image has it, or as the person says; and how large, if that is said. */
  home: 'image' | 'yes' | 'no';
  homeSize: string;
  /** Where it is mounted, if that is said. */
  homePath: string;
  /** As Kubernetes quantities: what a node must have to spare, and what it gets at most. */
  cpu: string;
  cpuLimit: string;
  memory: string;
  memoryLimit: string;
  /** When the image is pulled; empty leaves it to the host. */
  pullPolicy: PullPolicy | '';
  /** How it is seen that the program is up, and what is asked for then where anything is. */
  probe: ProbeKind;
  probePath: string;
}

export const resourceFields = ['cpu', 'cpuLimit', 'memory', 'memoryLimit'] as const;
export type ResourceField = (typeof resourceFields)[number];

export const emptyForm: LaunchForm = {
  context: '',
  image: '',
  name: '',
  env: [],
  ports: [],
  home: 'image',
  homeSize: '',
  homePath: '',
  cpu: '',
  cpuLimit: '',
  memory: '',
  memoryLimit: '',
  pullPolicy: '',
  probe: 'http',
  probePath: '',
  ...emptyPlacement,
};

/** Whether a probe of this kind asks for a path. */
export function asksForPath(probe: ProbeKind): boolean {
  return probe === 'http' || probe === 'slow';
}

/** True for a row that was added and left blank: it means nothing and is not sent. */
export function isBlank(row: EnvRow | PortRow): boolean {
  return Object.values(row).every((text: string) => text.trim() === '');
}

/** The request that a form without problems stands for. Blank rows and empty optional fields stay out of it. */
export function toJob(form: LaunchForm): Job {
  const env = form.env.filter((row) => !isBlank(row)).map(({ name, value }) => ({ name: name.trim(), value }));
  const expose = form.ports
    .filter((row) => !isBlank(row))
    .map(({ port, name }) => ({ port: Number(port), ...(name.trim() === '' ? {} : { name: name.trim() }) }));
  const name = form.name.trim();
  return {
    ...(form.context === '' ? {} : { context: form.context }),
    image: form.image.trim(),
    ...(name === '' ? {} : { name }),
    ...(env.length === 0 ? {} : { env }),
    ...(expose.length === 0 ? {} : { expose }),
    ...homeOf(form),
    ...probeOf(form),
    ...resourcesOf(form),
    ...(form.pullPolicy === '' ? {} : { imagePullPolicy: form.pullPolicy }),
    ...placementOf(form),
  };
}

function probeOf({ probe, probePath }: LaunchForm): Pick<Job, 'probe'> {
  const path = asksForPath(probe) ? probePath.trim() : '';
  if (path !== '') return { probe: { kind: probe, path } };
  return probe === 'http' ? {} : { probe: { kind: probe } };
}

/** A size or a path alone asks for a home as well; without any word it is the host's to decide. */
function homeOf({ home, homeSize, homePath }: LaunchForm): Pick<Job, 'home'> {
  if (home === 'no') return { home: false };
  const said = given({ size: homeSize, mountPath: homePath });
  return home === 'yes' || Object.keys(said).length > 0 ? { home: said } : {};
}

function resourcesOf({ cpu, cpuLimit, memory, memoryLimit }: LaunchForm): Pick<Job, 'resources'> {
  const requests = given({ cpu, memory });
  const limits = given({ cpu: cpuLimit, memory: memoryLimit });
  return Object.keys({ ...requests, ...limits }).length === 0 ? {} : { resources: { requests, limits } };
}

/** Without the fields that are blank. */
function given<Name extends string>(fields: Record<Name, string>): Partial<Record<Name, string>> {
  const filled = Object.entries<string>(fields).flatMap(([name, text]) =>
    text.trim() === '' ? [] : [[name, text.trim()]],
  );
  return Object.fromEntries(filled) as Partial<Record<Name, string>>;
}
