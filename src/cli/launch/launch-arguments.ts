import { InvalidArgumentError } from 'commander';
import type { Job } from '#contract/server.ts';
import { probe, probeKinds } from '#contract/spec/probe.ts';

export interface EnvItem {
  name: string;
  value: string;
}
export type ExposedPort = NonNullable<Job['expose']>[number];

/**
 * `K=V`, or `K` alone for the value that K has in the command's own environment: the way to hand over a secret without
 * it standing in the process list and the shell's history.
 */
export function parseEnv(text: string, environment: NodeJS.ProcessEnv): EnvItem {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (name === '') throw new InvalidArgumentError('The variable has no name; write NAME=value.');
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) {
    throw new InvalidArgumentError(
      `"${name}" cannot be the name of a variable; use letters, digits, "_", "-" and ".".`,
    );
  }
  if (at >= 0) return { name, value: text.slice(at + 1) };
  const value = environment[name];
  if (value === undefined) {
    throw new InvalidArgumentError(`${name} is not set here; set it, or write ${name}=value.`);
  }
  return { name, value };
}

/** `8080` or `8080:http`: a container port and its name (an IANA service name, at most 15 characters). */
export function parsePort(text: string): ExposedPort {
  const [digits = '', name, ...rest] = text.split(':');
  const port = /^[0-9]{1,5}$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(port >= 1 && port <= 65_535) || rest.length > 0) {
    throw new InvalidArgumentError(
      'Write a port from 1 to 65535, and its name after a colon if it has one: 8080:http.',
    );
  }
  if (name === undefined) return { port };
  if (!/^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(name)) {
    throw new InvalidArgumentError(`"${name}" cannot be the name of a port; use up to 15 of a–z, 0–9 and "-".`);
  }
  return { port, name };
}

/** `tcp`, `none`, `slow`, `http`, and the last two with a path: `http:/health`. */
export function parseProbe(text: string): NonNullable<Job['probe']> {
  const [word = '', ...rest] = text.split(':');
  const path = rest.length === 0 ? undefined : rest.join(':');
  const kind = probeKinds.find((one) => one === word);
  if (kind === undefined)
    throw new InvalidArgumentError(`Write one of ${probeKinds.join(', ')}; http:/health for a path.`);
  if (path === undefined) return { kind };
  if (!probe.safeParse({ kind, path }).success || kind === 'tcp' || kind === 'none')
    throw new InvalidArgumentError('A path begins with "/" and goes with http or slow: http:/health.');
  return { kind, path };
}

/** A label's key and value. */
export type Label = readonly [key: string, value: string];

/** `key=value`; the value may be empty. Whose keys they are is for the host to say, as on every face. */
export function parseLabel(text: string): Label {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write a label as key=value.');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** A whole number of seconds, at least one. */
export function parseSeconds(text: string): number {
  const seconds = /^[0-9]{1,6}$/.test(text) ? Number(text) : 0;
  if (seconds < 1) throw new InvalidArgumentError('Write a whole number of seconds, 1 or more.');
  return seconds;
}

/** For commander: an option that may be given several times. */
export function each<T>(parse: (text: string) => T): (text: string, before: readonly T[] | undefined) => T[] {
  return (text, before = []) => [...before, parse(text)];
}
