import { GuildNetError } from '#contract/errors.ts';
import { reservedFor } from '#contract/reserved-keys.ts';
import type { Job } from '#contract/server.ts';
import { labelProblem } from './label-problem.ts';

/** The labels of a new workspace, as a person gives them. Throws `invalid_spec` naming the label. */
export function newLabels({ labels = {} }: Pick<Job, 'labels'>): Record<string, string> {
  for (const [key, value] of Object.entries(labels)) {
    const owner = reservedFor(key);
    const shown = key.slice(0, 80);
    if (owner !== undefined)
      throw invalid(key, `The label ${shown} is ${owner}'s own.`, 'Use a key with another prefix, or without one.');
    const problem = labelProblem(key, value);
    if (problem !== undefined) throw invalid(key, problem.message, problem.remedy);
  }
  return { ...labels };
}

function invalid(key: string, message: string, remedy: string): GuildNetError {
  return new GuildNetError('invalid_spec', message, { remedy, details: { field: `labels.${key.slice(0, 80)}` } });
}
