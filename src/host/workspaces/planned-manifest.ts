import { mask, shownArguments } from './hidden-values.ts';
import { isSecretEnv } from '#contract/secret-env.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What of an object's metadata is the API server's own, and says nothing of one that is not made. */
const serverOwn = new Set(['managedFields', 'uid', 'creationTimestamp', 'generation', 'resourceVersion', 'selfLink']);

/**
 * What the API server would make of a Workspace, as a manifest for people: without what is not known before it is made, and without
 * values of secret variables and arguments. Pure.
 */
export function plannedManifest(answer: unknown): Record<string, unknown> {
  const { metadata, spec, apiVersion, kind } = fieldsOf(answer);
  const kept = Object.entries(fieldsOf(metadata)).filter(([name]) => !serverOwn.has(name));
  const { env, args, command, ...others } = fieldsOf(spec);
  return {
    apiVersion,
    kind,
    metadata: Object.fromEntries(kept),
    spec: {
      ...others,
      ...(command === undefined ? {} : { command: argumentsOf(command) }),
      ...(args === undefined ? {} : { args: argumentsOf(args) }),
      ...(Array.isArray(env) ? { env: env.map(maskedVariable) } : {}),
    },
  };
}

function maskedVariable(one: unknown): unknown {
  const { name, value } = fieldsOf(one);
  if (typeof name !== 'string' || typeof value !== 'string' || !isSecretEnv(name, value)) return one;
  return { ...fieldsOf(one), value: mask };
}

function argumentsOf(list: unknown): unknown {
  return Array.isArray(list) ? shownArguments(list.map(String)) : list;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
