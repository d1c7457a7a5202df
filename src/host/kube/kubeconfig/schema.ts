import { z } from 'zod';
import { listOf, longest, mapOf, most, openObject, textOf } from '#contract/bounded.ts';

/** Certificates and tokens are in it; a text that is larger than all of them together is none. */
const mostCharacters = 1_048_576;
const mostEntries = 10_000;

/*
 * The shape that client-go decodes (tools/clientcmd/api/v1/types.go): a field that is null or absent is empty, a field that is not
 * known is passed over, and one of another type refuses the file, because a number where a token belongs is a mistake.
 */
const text = textOf(mostCharacters, 'a text is wanted').nullish();
const path = textOf(longest.path, 'a path is wanted').nullish();
const url = textOf(longest.url, 'a URL is wanted').nullish();
const flag = z.boolean({ error: 'true or false is wanted' }).nullish();
/** Go's decoder wants padding and takes line ends, and nothing else between. */
const base64 = textOf(mostCharacters, 'base64 is wanted')
  .refine(
    (value) => /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/.test(value) && value.replaceAll(/[\r\n]/g, '').length % 4 === 0,
    {
      error: 'base64 is wanted',
    },
  )
  .nullish();
const argument = textOf(longest.argument, 'a text is wanted');
const texts = listOf(argument, most.entries, 'a list of texts is wanted').nullish();

const extensions = listOf(
  openObject({ name: text, extension: z.unknown().optional() }, 'an entry with a name is wanted'),
  most.entries,
  'a list is wanted',
).nullish();

const clusterSchema = openObject(
  {
    server: url,
    'tls-server-name': textOf(longest.name, 'a host name is wanted').nullish(),
    'insecure-skip-tls-verify': flag,
    'certificate-authority': path,
    'certificate-authority-data': base64,
    'proxy-url': url,
    'disable-compression': flag,
    extensions,
  },
  'a cluster with a server is wanted',
);
export type ClusterFields = z.infer<typeof clusterSchema>;

const execSchema = openObject(
  {
    command: path,
    args: texts,
    env: listOf(
      openObject({ name: argument.nullish(), value: argument.nullish() }, 'a name and a value are wanted'),
      most.entries,
      'a list is wanted',
    ).nullish(),
    apiVersion: textOf(longest.key, 'a text is wanted').nullish(),
    installHint: textOf(longest.message, 'a text is wanted').nullish(),
    provideClusterInfo: flag,
    interactiveMode: textOf(longest.token, 'a text is wanted').nullish(),
  },
  'a program with a command is wanted',
);
export type ExecFields = z.infer<typeof execSchema>;

const userSchema = openObject(
  {
    'client-certificate': path,
    'client-certificate-data': base64,
    'client-key': path,
    'client-key-data': base64,
    token: text,
    tokenFile: path,
    as: text,
    'as-uid': text,
    'as-groups': texts,
    'as-user-extra': mapOf(
      textOf(longest.key),
      listOf(argument, most.entries, 'a list of texts is wanted'),
      most.entries,
    ).nullish(),
    username: text,
    password: text,
    'auth-provider': openObject({
      name: textOf(longest.name, 'a name is wanted').nullish(),
      config: mapOf(textOf(longest.key), textOf(mostCharacters), most.entries).nullish(),
    }).nullish(),
    exec: execSchema.nullish(),
  },
  'a user with credentials is wanted',
);
export type UserFields = z.infer<typeof userSchema>;

const contextSchema = openObject(
  { cluster: text, user: text, namespace: textOf(longest.name, 'a namespace is wanted').nullish() },
  'a context with a cluster and a user is wanted',
);
export type ContextFields = z.infer<typeof contextSchema>;

const entry = 'an entry with a name is wanted';
const entries = <Item extends z.ZodType>(item: Item) => listOf(item, mostEntries, 'a list is wanted').nullish();

export const kubeconfigSchema = openObject(
  {
    apiVersion: z.literal(['v1', ''], { error: 'v1 is wanted' }).nullish(),
    kind: z.literal(['Config', ''], { error: 'Config is wanted' }).nullish(),
    clusters: entries(openObject({ name: text, cluster: clusterSchema.nullish() }, entry)),
    users: entries(openObject({ name: text, user: userSchema.nullish() }, entry)),
    contexts: entries(openObject({ name: text, context: contextSchema.nullish() }, entry)),
    'current-context': text,
  },
  'a mapping with clusters, users and contexts is wanted',
);
export type KubeconfigFields = z.infer<typeof kubeconfigSchema>;
