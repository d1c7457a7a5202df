import type { Job } from '#contract/server.ts';

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
}

export const emptyForm: LaunchForm = { image: '', name: '', env: [], ports: [], home: 'image', homeSize: '' };

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
  };
}

/** A size alone asks for a home as well; without any word it is the host's to decide. */
function homeOf({ home, homeSize }: LaunchForm): Pick<Job, 'home'> {
  if (home === 'no') return { home: false };
  const size = homeSize.trim();
  if (size !== '') return { home: { size } };
  return home === 'yes' ? { home: {} } : {};
}
