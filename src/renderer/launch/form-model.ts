import type { Job } from '#contract/server.ts';
import type { ProbeKind } from '#contract/spec/probe.ts';

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
export interface LaunchForm {
  image: string;
  name: string;
  env: EnvRow[];
  ports: PortRow[];
  /** Whether it gets a home volume: as its image has it, or as the person says; and how large, if that is said. */
  home: 'image' | 'yes' | 'no';
  homeSize: string;
  /** How it is seen that the program is up, and what is asked for then where anything is. */
  probe: ProbeKind;
  probePath: string;
}

export const emptyForm: LaunchForm = {
  image: '',
  name: '',
  env: [],
  ports: [],
  home: 'image',
  homeSize: '',
  probe: 'http',
  probePath: '',
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
    image: form.image.trim(),
    ...(name === '' ? {} : { name }),
    ...(env.length === 0 ? {} : { env }),
    ...(expose.length === 0 ? {} : { expose }),
    ...homeOf(form),
    ...probeOf(form),
  };
}

function probeOf({ probe, probePath }: LaunchForm): Pick<Job, 'probe'> {
  const path = asksForPath(probe) ? probePath.trim() : '';
  if (path !== '') return { probe: { kind: probe, path } };
  return probe === 'http' ? {} : { probe: { kind: probe } };
}

/** A size alone asks for a home as well; without any word it is the host's to decide. */
function homeOf({ home, homeSize }: LaunchForm): Pick<Job, 'home'> {
  if (home === 'no') return { home: false };
  const size = homeSize.trim();
  if (size !== '') return { home: { size } };
  return home === 'yes' ? { home: {} } : {};
}
