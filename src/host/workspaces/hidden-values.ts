import type { Workspace } from '#contract/workspace.ts';
import { isSecretEnv } from '#contract/secret-env.ts';

type Env = Workspace['spec']['env'];

/** What of a workspace's environment may be shown, and the names of what may not. */
export interface ShownEnv {
  plain: Record<string, string>;
  hidden: string[];
}

/** Shorter values are found in any text by chance, and putting them out would garble it without hiding anything. */
const shortestSought = 6;
export const mask = '•••';
/** The specification's own default: everybody knows it, and is told when it is in use. */
const wellKnown: ReadonlySet<string> = new Set(['changeme']);

/** Splits an environment into what every list shows and what only its owner gets, one at a time and when asked for. */
export function shownEnv(env: Env): ShownEnv {
  const isHidden = ({ name, value, valueFrom }: NonNullable<Env>[number]): boolean =>
    valueFrom !== undefined || isSecretEnv(name, value ?? '');
  const entries = env ?? [];
  return {
    plain: Object.fromEntries(entries.filter((one) => !isHidden(one)).map(({ name, value }) => [name, value ?? ''])),
    hidden: entries.filter(isHidden).map(({ name }) => name),
  };
}

/**
 * A text in which none of the environment's secret values stands, nor any of `more`: programs print them, and failures quote
 * programs.
 */
export function withoutSecrets(env: Env, more: readonly string[] = []): (text: string) => string {
  const given = (env ?? []).filter(({ name, value = '' }) => isSecretEnv(name, value)).map(({ value = '' }) => value);
  const secrets = [...given, ...more]
    .filter((value) => value.length >= shortestSought && !wellKnown.has(value))
    // The longest first: one may be the beginning of another.
    .toSorted((one, other) => other.length - one.length);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, mask), text);
}

/** The arguments of a command without the values of secret options: `--password=x`, `--NotebookApp.token x`. */
export function shownArguments(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    const [option = '', value] = splitOption(arg);
    if (value !== undefined) return isSecretEnv(option, value) ? `${arg.slice(0, -value.length)}${mask}` : arg;
    if (arg.startsWith('-')) return arg;
    const [before = '', given] = splitOption(args[index - 1] ?? '');
    return isSecretEnv(before.startsWith('-') && given === undefined ? before : '', arg) ? mask : arg;
  });
}

function splitOption(arg: string): [string] | [string, string] {
  const end = arg.indexOf('=');
  return end === -1 ? [arg] : [arg.slice(0, end), arg.slice(end + 1)];
}
