import { Buffer } from 'node:buffer';
import type { V1Secret } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import type { Workspace } from '#contract/workspace.ts';

/**
 * The value of one variable as the workspace's owner set it, or the password or token that the operator gave it (`password` is the
 * Secret that the operator made for it). Throws `not_found`; `unsupported` for a variable that Kubernetes alone puts
 * together, because this host does not read other people's Secrets.
 */
export function envValue({ metadata, spec }: Workspace, name: string, password: V1Secret | undefined): string {
  const id = metadata.name;
  const entry = spec.env?.find((one) => one.name === name);
  if (entry?.valueFrom !== undefined) throw fromElsewhere(id, name, entry.valueFrom);
  if (entry?.value !== undefined && entry.value !== '') return entry.value;
  const data = password?.data ?? {};
  const given = Object.hasOwn(data, name) ? data[name] : undefined;
  if (given !== undefined) return Buffer.from(given, 'base64').toString('utf8');
  if (entry !== undefined) return '';
  throw new GuildNetError('not_found', `The workspace "${id}" has no variable "${name.slice(0, 80)}" of its own.`, {
    remedy: 'What its image sets is known in the workspace only.',
    details: { id },
  });
}

type Source = NonNullable<NonNullable<Workspace['spec']['env']>[number]['valueFrom']>;

function fromElsewhere(id: string, name: string, source: Source): GuildNetError {
  const { secretKeyRef: secret, configMapKeyRef: map } = source;
  const where =
    secret !== undefined
      ? `the key ${secret.key} of the Secret ${secret.name}`
      : map !== undefined
        ? `the key ${map.key} of the ConfigMap ${map.name}`
        : 'a field of its pod';
  return new GuildNetError('unsupported', `The variable ${name} comes from ${where}, which this host does not read.`, {
    remedy: `Print it in the workspace, or look at ${where} with kubectl.`,
    details: { id },
  });
}
