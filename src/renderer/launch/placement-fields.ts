import type { Job } from '#contract/server.ts';
import { exposure } from '#contract/spec/exposure.ts';
import { workspaceSpecSchema } from '#contract/workspace.ts';
import { parseDuration } from '#contract/duration.ts';
import { t } from '../words/language.ts';

/** What a person says of the program, its place and its end: text as it stands in the fields, and '' for what is not said. */
export interface PlacementForm {
  /** One word a line. */
  command: string;
  args: string;
  /** `key=value`, with commas or lines between them. */
  nodeLabels: string;
  serviceAccount: string;
  exposure: '' | 'ClusterIP' | 'LoadBalancer' | 'Ingress';
  domain: string;
  stopIdle: string;
  ttl: string;
}
export type PlacementField = Exclude<keyof PlacementForm, 'exposure'>;
export type PlacementProblems = Partial<Record<PlacementField, string>>;

export const emptyPlacement: PlacementForm = {
  command: '',
  args: '',
  nodeLabels: '',
  serviceAccount: '',
  exposure: '',
  domain: '',
  stopIdle: '',
  ttl: '',
};

/** The words of a program, one a line; lines that are blank are none. */
function wordsOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

/** The labels that are asked for; undefined where one of them is none. */
export function nodeLabelsOf(text: string): Record<string, string> | undefined {
  const labels = text
    .split(/[\n,]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => /^([^=\s]+)=([^=\s]*)$/.exec(one)?.slice(1));
  if (labels.includes(undefined)) return undefined;
  return Object.fromEntries(labels.map((label) => label ?? []) as Array<[string, string]>);
}

/** The part of a request that these fields stand for, if nothing is wrong with them. */
export function placementOf(form: PlacementForm): Partial<Job> {
  const [command, args] = [wordsOf(form.command), wordsOf(form.args)];
  const [serviceAccountName, stopAfter, ttl] = [form.serviceAccount.trim(), form.stopIdle.trim(), form.ttl.trim()];
  const nodeSelector = nodeLabelsOf(form.nodeLabels) ?? {};
  const domain = form.exposure === 'Ingress' ? { domain: form.domain.trim() } : {};
  return {
    ...(command.length === 0 ? {} : { command }),
    ...(args.length === 0 ? {} : { args }),
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
    ...(serviceAccountName === '' ? {} : { serviceAccountName }),
    ...(form.exposure === '' ? {} : { exposure: { type: form.exposure, ...domain } }),
    ...(stopAfter === '' ? {} : { idle: { stopAfter } }),
    ...(ttl === '' ? {} : { ttl }),
  };
}

/** What is wrong with each, in words. */
export function placementProblems(form: PlacementForm): PlacementProblems {
  const account = form.serviceAccount.trim();
  const problems: PlacementProblems = {};
  const { command, serviceAccountName } = workspaceSpecSchema.shape;
  for (const field of ['command', 'args'] as const)
    if (!command.safeParse(wordsOf(form[field])).success) problems[field] = t().wrong.words;
  if (nodeLabelsOf(form.nodeLabels) === undefined) problems.nodeLabels = t().wrong.nodeLabels;
  if (account !== '' && !serviceAccountName.safeParse(account).success)
    problems.serviceAccount = t().wrong.objectName(account);
  const domain = form.domain.trim();
  if (form.exposure === 'Ingress' && !exposure.shape.domain.unwrap().safeParse(domain).success)
    problems.domain = domain === '' ? t().wrong.noDomain : t().wrong.domain(domain);
  for (const field of ['stopIdle', 'ttl'] as const) {
    const time = form[field].trim();
    if (time !== '' && !((parseDuration(time) ?? 0) > 0)) problems[field] = t().wrong.time(time);
  }
  return problems;
}
