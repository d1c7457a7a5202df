import { z } from 'zod';

/** What we need of a kubeconfig to be sure that client-node will not trip over it. Everything else passes through. */
const text = z.string({ error: 'a text is wanted' });
const entry = (field: string, shape: z.ZodType) =>
  z.looseObject({ name: text.min(1), [field]: shape }, { error: 'an entry with a name is wanted' });

const cluster = z.looseObject(
  {
    server: text.regex(/^https?:\/\/[^/]/, { error: 'a URL that begins with https:// is wanted' }),
    'certificate-authority': text.nullish(),
    'certificate-authority-data': text.nullish(),
  },
  { error: 'a cluster with a server is wanted' },
);
const user = z.looseObject({ token: text.nullish(), tokenFile: text.optional() });
const context = z.looseObject(
  { cluster: text.min(1), user: text.nullish(), namespace: text.nullish() },
  { error: 'a context with a cluster is wanted' },
);

export const kubeconfigSchema = z.looseObject(
  {
    clusters: z.array(entry('cluster', cluster), { error: 'a list is wanted' }).nullish(),
    users: z
      .array(z.looseObject({ name: text.min(1), user: user.nullish() }, { error: 'an entry with a name is wanted' }), {
        error: 'a list is wanted',
      })
      .nullish(),
    contexts: z.array(entry('context', context), { error: 'a list is wanted' }).nullish(),
    'current-context': text.nullish(),
  },
  { error: 'a mapping with clusters, users and contexts is wanted' },
);
