import { z } from 'zod';
import { listOf, longest, most, textOf } from '#contract/bounded.ts';
import { isSecretEnv } from '#contract/secret-env.ts';
import { pullPolicies } from '#contract/spec/container.ts';
import { probeKinds } from '#contract/spec/probe.ts';
import { createDraft, type Draft, type DraftStorage } from '../drafts/draft.ts';
import type { LaunchForm } from './form-model.ts';

const text = textOf(longest.argument);
const rowOf = <Shape extends z.ZodRawShape>(shape: Shape) => listOf(z.object(shape), most.entries);

const draftSchema: z.ZodType<LaunchForm> = z.object({
  context: text,
  image: text,
  name: text,
  env: rowOf({ name: text, value: text }),
  ports: rowOf({ port: text, name: text }),
  home: z.enum(['image', 'yes', 'no']),
  homeSize: text,
  homePath: text,
  cpu: text,
  cpuLimit: text,
  memory: text,
  memoryLimit: text,
  pullPolicy: z.enum(['', ...pullPolicies]),
  probe: z.enum(probeKinds),
  probePath: text,
  command: text,
  args: text,
  nodeLabels: text,
  serviceAccount: text,
  exposure: z.enum(['', 'ClusterIP', 'LoadBalancer', 'Ingress']),
  domain: text,
  stopIdle: text,
  ttl: text,
});

/** What is typed into the launch form. Values of variables that are secret by their name or by what they are stay out of what outlives the page. */
export function createFormDraft(storage: DraftStorage): Draft<LaunchForm> {
  const forDisk = (form: LaunchForm): LaunchForm => ({ ...form, env: form.env.map(withoutSecret) });
  return createDraft({ storage, key: 'guildnet.launch', schema: draftSchema, forDisk });
}

function withoutSecret({ name, value }: LaunchForm['env'][number]): LaunchForm['env'][number] {
  return { name, value: isSecretEnv(name, value) ? '' : value };
}
