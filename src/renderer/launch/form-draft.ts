import { z } from 'zod';
import { listOf, longest, most, textOf } from '#contract/bounded.ts';
import { isSecretEnv } from '#contract/secret-env.ts';
import { pullPolicies } from '#contract/spec/container.ts';
import { probeKinds } from '#contract/spec/probe.ts';
import type { LaunchForm } from './form-model.ts';

const key = 'guildnet.launch';
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

/** Keeps what somebody types into the launch form: whole for as long as the page lives, and over its end as far as that may lie on a disk. */
export interface FormDraft {
  read(): LaunchForm | undefined;
  /** Undefined: there is nothing to keep any more. */
  keep(form: LaunchForm | undefined): void;
}

/**
 * `storage` is the window's own (`sessionStorage`), which outlives a page that crashes or is loaded anew. Chromium may write it down, so that
 * values of variables that are secret by their name or by what they are stay out of it.
 */
export function createFormDraft(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): FormDraft {
  let whole: LaunchForm | undefined;
  const stored = (): LaunchForm | undefined => {
    try {
      return draftSchema.safeParse(JSON.parse(storage.getItem(key) ?? 'null')).data;
    } catch {
      // Half written, or of another version: begun afresh.
      return undefined;
    }
  };
  return {
    read: () => whole ?? stored(),
    keep(form) {
      whole = form;
      try {
        if (form === undefined) storage.removeItem(key);
        else storage.setItem(key, JSON.stringify({ ...form, env: form.env.map(withoutSecret) }));
      } catch (error) {
        console.warn('What is typed is not kept over a crash of the page.', error);
      }
    },
  };
}

function withoutSecret({ name, value }: LaunchForm['env'][number]): LaunchForm['env'][number] {
  return { name, value: isSecretEnv(name, value) ? '' : value };
}
