import { GuildNetError } from '#contract/errors.ts';
import { reservedFor } from '#contract/reserved-keys.ts';
import type { Job } from '#contract/server.ts';

const labelKey = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** The labels of a new workspace, as a person gives them. Throws `invalid_spec` naming the label. */
export function newLabels({ labels = {} }: Pick<Job, 'labels'>): Record<string, string> {
  for (const [key, value] of Object.entries(labels)) {
    const owner = reservedFor(key);
    const shown = key.slice(0, 80);
    if (owner !== undefined)
      throw invalid(key, `The label ${shown} is ${owner}'s own.`, 'Use a key with another prefix, or without one.');
    if (!labelKey.test(key) || !labelValue.test(value)) {
      throw invalid(
        key,
        `The label ${shown}=${value.slice(0, 80)} is not valid in Kubernetes.`,
        'Use at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit.',
      );
    }
  }
  return { ...labels };
}

function invalid(key: string, message: string, remedy: string): GuildNetError {
  return new GuildNetError('invalid_spec', message, { remedy, details: { field: `labels.${key.slice(0, 80)}` } });
}
