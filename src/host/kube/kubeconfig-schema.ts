import { z } from 'zod';
import { listOf, textOf } from '#contract/bounded.ts';

/** Certificates and tokens are in it; a file that is larger than all of them together is none. */
const mostCharacters = 1_048_576;
const mostEntries = 10_000;

/** What we need of a kubeconfig to be sure that client-node will not trip over it. Everything else passes through. */
const text = textOf(mostCharacters, 'a text is wanted');
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
    clusters: listOf(entry('cluster', cluster), mostEntries, 'a list is wanted').nullish(),
    users: listOf(
      z.looseObject({ name: text.min(1), user: user.nullish() }, { error: 'an entry with a name is wanted' }),
      mostEntries,
      'a list is wanted',
    ).nullish(),
    contexts: listOf(entry('context', context), mostEntries, 'a list is wanted').nullish(),
    'current-context': text.nullish(),
  },
  { error: 'a mapping with clusters, users and contexts is wanted' },
);
