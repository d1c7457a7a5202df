import { InvalidArgumentError } from 'commander';
import type { Job } from '#contract/server.ts';

type Toleration = NonNullable<Job['tolerations']>[number];
type Source = NonNullable<Job['envFrom']>[number];

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

/** `key=value:Effect`, as kubectl writes a taint; without a value it is any, without an effect each, and `*` is every taint. */
export function parseToleration(text: string): Toleration {
  const at = text.lastIndexOf(':');
  const [taint, named] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  const effect = effects.find((one) => one === named);
  const [key = '', ...rest] = taint.split('=');
  if ((named !== undefined && effect === undefined) || key === '' || rest.length > 1)
    throw new InvalidArgumentError(
      `Write a taint as key, key=value or key=value:Effect, with one of ${effects.join(', ')}.`,
    );
  const [value] = rest;
  const matched = value === undefined ? ({ operator: 'Exists' } as const) : { value };
  return { ...(key === '*' ? {} : { key }), ...matched, ...(effect === undefined ? {} : { effect }) };
}

/** `secret/name` or `configmap/name`, as kubectl names objects. */
export function parseEnvSource(text: string): Source {
  const [kind, name, ...rest] = text.split('/');
  if (name !== undefined && name !== '' && rest.length === 0) {
    if (kind === 'secret') return { secretRef: { name } };
    if (kind === 'configmap') return { configMapRef: { name } };
  }
  throw new InvalidArgumentError('Write secret/NAME or configmap/NAME.');
}
