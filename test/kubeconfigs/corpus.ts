import { stringify } from 'yaml';

/** What the kubeconfigs are made of. Everything in it but addresses is secret. */
export interface Facts {
  server: string;
  /** Base64 of the cluster's CA and of an administrator's certificate, as a kubeconfig has them. */
  ca: string;
  cert: string;
  key: string;
  /** Base64 of another CA and its key. */
  strange: { cert: string; key: string };
  /** Of a service account that may watch pods and forward ports in one namespace, and of one that may do nothing. */
  token: string;
  powerless: string;
  /** A port of loopback where nobody listens. */
  deadPort: number;
}

export interface Case {
  what: string;
  /** Files beside the kubeconfigs, by name; a name that begins with `bin/` is a program. `{FOLDER}` in them is where they lie. */
  files: Readonly<Record<string, string | Buffer>>;
  /** KUBECONFIG; `config` when absent, which is then one of the files. */
  list?: string;
  env?: Readonly<Record<string, string>>;
  /** Where we differ from kubectl on purpose: what each makes of it; without `kubectl` that depends on what else runs on this machine. */
  differs?: { kubectl?: string; ours: string; why: string };
}

type Fields = Readonly<Record<string, unknown>>;

/** A kubeconfig with one context. */
export function kubeconfigOf(cluster: Fields, user: Fields, more: Fields = {}): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
    ...more,
  });
}

export const pem = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

/** The cases that have no files but one kubeconfig. */
const alone = (what: string, config: string | Buffer, differs?: Case['differs']): Case => ({
  what,
  files: { config },
  ...(differs === undefined ? {} : { differs }),
});

/** There any program of this machine may listen: a GuildNet does by default. */
const atPort8080 = { ours: 'config', why: 'kubectl goes to localhost:8080' } as const;

/** Lists, encodings, paths and what stands in them: how kubeconfigs are read. */
export function readingCases({ server, ca, cert, key, token }: Facts): Case[] {
  const cluster = { server, 'certificate-authority-data': ca };
  const admin = { 'client-certificate-data': cert, 'client-key-data': key };
  const good = kubeconfigOf(cluster, { token });
  const part = (more: Fields): string => stringify({ apiVersion: 'v1', kind: 'Config', ...more });
  const clusters = [{ name: 'c', cluster }];
  const contexts = [{ name: 'x', context: { cluster: 'c', user: 'u' } }];
  const files = { 'tls/ca.crt': pem(ca), 'tls/me.crt': pem(cert), 'tls/me.key': pem(key) };
  return [
    alone('a token', good),
    alone('a client certificate', kubeconfigOf(cluster, admin)),
    alone('a certificate and a token, of which the certificate counts', kubeconfigOf(cluster, { ...admin, token })),
    alone(
      'an extra context that is broken',
      kubeconfigOf(
        cluster,
        { token },
        { contexts: [...contexts, { name: 'y', context: { cluster: 'gone', user: 'gone' } }] },
      ),
    ),
    alone(
      'a namespace',
      kubeconfigOf(
        cluster,
        { token },
        { contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', namespace: 'default' } }] },
      ),
    ),
    alone(
      'fields that nobody knows',
      kubeconfigOf({ ...cluster, what: 1 }, { token, what: [1] }, { what: { is: 'this' } }),
    ),
    alone(
      'nulls',
      kubeconfigOf(
        { ...cluster, 'tls-server-name': null, 'proxy-url': null },
        { token, tokenFile: null, exec: null, as: null },
        { preferences: null },
      ),
    ),
    alone('a byte order mark', `\uFEFF${good}`),
    alone('UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le')),
    alone('CRLF', good.replaceAll('\n', '\r\n')),
    alone('CR alone', good.replaceAll('\n', '\r')),
    alone(
      'JSON',
      JSON.stringify({ clusters, contexts, users: [{ name: 'u', user: { token } }], 'current-context': 'x' }),
    ),
    alone('no kind and no version', good.replace(/^apiVersion.*\nkind.*\n/, '')),
    alone('a key twice', good.replace('current-context: x', 'current-context: z\ncurrent-context: x')),
    alone('a second document', `${good}---\ncurrent-context: z\n`),
    alone(
      'anchors',
      `${part({ clusters, contexts })}users: [{name: v, user: &me {token: ${token}}}, {name: u, user: *me}]\ncurrent-context: x\n`,
    ),
    alone(
      'a merge key',
      `${part({ clusters, contexts })}users: [{name: v, user: &me {token: ${token}}}, {name: u, user: {<<: *me}}]\ncurrent-context: x\n`,
    ),
    alone(
      'a word of YAML 1.1',
      kubeconfigOf({ server }, { token }).replace(`server:`, 'insecure-skip-tls-verify: yes\n      server:'),
    ),
    {
      what: 'a list with a missing, an empty and a repeated file',
      files: { config: good, empty: '', comment: '# nothing\n' },
      list: '/nonexistent/gone:{FOLDER}/empty:{FOLDER}/comment:{FOLDER}/config::{FOLDER}/config',
    },
    {
      what: 'a list whose files have a part each',
      files: {
        a: part({ clusters, 'current-context': 'x' }),
        b: part({ users: [{ name: 'u', user: { token } }] }),
        c: part({ contexts }),
      },
      list: '{FOLDER}/a:{FOLDER}/b:{FOLDER}/c',
    },
    {
      what: 'a list in which the first entry counts, whole',
      files: {
        a: part({ users: [{ name: 'u', user: { token } }] }),
        b: kubeconfigOf(cluster, { token: 'wrong', as: 'jane' }, { 'current-context': 'x' }),
      },
      list: '{FOLDER}/a:{FOLDER}/b',
    },
    {
      what: 'a list in which the first current context counts',
      files: {
        a: part({ 'current-context': 'x' }),
        b: kubeconfigOf(cluster, { token }, { 'current-context': 'other' }),
      },
      list: '{FOLDER}/a:{FOLDER}/b',
    },
    { what: 'a list with a broken file', files: { a: good, b: 'clusters: [' }, list: '{FOLDER}/a:{FOLDER}/b' },
    { what: 'a path that is relative to where one is', files: { config: good }, list: '{HERE}/config' },
    {
      what: 'a file that is a link',
      files: {
        'real/config': kubeconfigOf({ server, 'certificate-authority': 'ca.crt' }, { token }),
        'ca.crt': pem(ca),
      },
      list: '{LINK}/config',
    },
    {
      what: 'paths relative to the file',
      files: {
        ...files,
        'tls/config': kubeconfigOf(
          { server, 'certificate-authority': 'ca.crt' },
          { 'client-certificate': './me.crt', 'client-key': '../tls/me.key' },
        ),
      },
      list: '{FOLDER}/tls/config',
    },
    {
      what: 'paths relative to each file of a list',
      files: {
        ...files,
        'a/token': `${token}\n`,
        'a/config': part({ users: [{ name: 'u', user: { tokenFile: 'token' } }] }),
        'tls/config': kubeconfigOf({ server, 'certificate-authority': 'ca.crt' }, {}),
      },
      list: '{FOLDER}/a/config:{FOLDER}/tls/config',
    },
    {
      what: 'an absolute path',
      files: { ...files, config: kubeconfigOf({ server, 'certificate-authority': '{FOLDER}/tls/ca.crt' }, { token }) },
    },
    {
      what: 'an authority file that is missing',
      files: { config: kubeconfigOf({ server, 'certificate-authority': 'gone.crt' }, { token }) },
    },
    {
      what: 'a certificate file that is missing',
      files: { config: kubeconfigOf(cluster, { 'client-certificate': 'gone', 'client-key-data': key }) },
    },
    {
      what: 'a key file that is missing',
      files: { config: kubeconfigOf(cluster, { 'client-certificate-data': cert, 'client-key': 'gone' }) },
    },
    {
      what: 'an authority as file and data',
      files: { ...files, config: kubeconfigOf({ ...cluster, 'certificate-authority': 'tls/ca.crt' }, { token }) },
    },
    {
      what: 'a certificate as file and data',
      files: { ...files, config: kubeconfigOf(cluster, { ...admin, 'client-certificate': 'tls/me.crt' }) },
    },
    {
      what: 'a key as file and data',
      files: { ...files, config: kubeconfigOf(cluster, { ...admin, 'client-key': 'tls/me.key' }) },
    },
    alone('a certificate without key', kubeconfigOf(cluster, { 'client-certificate-data': cert })),
    alone('a key without certificate', kubeconfigOf(cluster, { 'client-key-data': key, token })),
    alone(
      'a key of another certificate',
      kubeconfigOf(cluster, { 'client-certificate-data': cert, 'client-key-data': ca }),
    ),
    alone('what is no base64', kubeconfigOf({ server, 'certificate-authority-data': 'no base64!' }, { token })),
    alone('an authority that is none', kubeconfigOf({ server, 'certificate-authority-data': 'aGFsbG8=' }, { token })),
    alone('a number for a token', kubeconfigOf(cluster, {}).replace('user: {}', 'user: {token: 12345678}')),
    alone('a word of YAML 1.1 for a name', good.replace('current-context: x', 'current-context: y')),
    alone('another kind', good.replace('kind: Config', 'kind: Pod')),
    alone('another version', good.replace('apiVersion: v1', 'apiVersion: v7')),
    alone(
      'two users of one name',
      kubeconfigOf(
        cluster,
        {},
        {
          users: [
            { name: 'u', user: { token } },
            { name: 'u', user: { token } },
          ],
        },
      ),
    ),
    alone('no YAML', 'clusters: [\n  {name: c\nusers: }'),
    alone('a list at the top', '- a\n- b\n'),
    alone('a context that is not there', kubeconfigOf(cluster, { token }, { 'current-context': 'z' })),
    alone('a cluster that is not there', kubeconfigOf(cluster, { token }, { clusters: [] }), atPort8080),
    alone('no current context', kubeconfigOf(cluster, { token }, { 'current-context': '' }), atPort8080),
    {
      what: 'nothing',
      files: {},
      differs: atPort8080,
    },
  ];
}

/** Servers and how they are trusted. */
export function serverCases({ server, ca, strange, token, deadPort }: Facts): Case[] {
  const { port } = new URL(server);
  const trusted = { 'certificate-authority-data': ca };
  return [
    alone('a path that ends in a slash', kubeconfigOf({ ...trusted, server: `${server}/` }, { token })),
    alone('another name of the server', kubeconfigOf({ ...trusted, server: `https://localhost:${port}` }, { token })),
    alone(
      'a name that the certificate lacks',
      kubeconfigOf({ ...trusted, server, 'tls-server-name': 'other.example' }, { token }),
    ),
    alone(
      'a name for the certificate',
      kubeconfigOf({ ...trusted, server, 'tls-server-name': 'localhost' }, { token }),
    ),
    alone(
      'an address for the certificate',
      kubeconfigOf({ ...trusted, server: `https://localhost:${port}`, 'tls-server-name': '127.0.0.1' }, { token }),
    ),
    alone('another authority', kubeconfigOf({ server, 'certificate-authority-data': strange.cert }, { token })),
    alone('no authority', kubeconfigOf({ server }, { token })),
    alone('no verification', kubeconfigOf({ server, 'insecure-skip-tls-verify': true }, { token })),
    alone(
      'no verification, and an authority',
      kubeconfigOf({ ...trusted, server, 'insecure-skip-tls-verify': true }, { token }),
    ),
    alone(
      'a bundle of authorities',
      kubeconfigOf(
        { server, 'certificate-authority-data': Buffer.from(pem(strange.cert) + pem(ca)).toString('base64') },
        { token },
      ),
    ),
    alone('nobody there', kubeconfigOf({ ...trusted, server: `https://127.0.0.1:${String(deadPort)}` }, { token })),
    alone(
      'a name that nobody knows',
      kubeconfigOf({ ...trusted, server: 'https://no-such-host.invalid:6443' }, { token }),
    ),
    alone('no scheme, and nobody there', kubeconfigOf({ server: `127.0.0.1:${String(deadPort)}` }, { token })),
    alone('another protocol', kubeconfigOf({ server: 'ftp://127.0.0.1' }, { token })),
    alone('no server', kubeconfigOf(trusted, { token }), atPort8080),
    alone(
      'a proxy of another protocol',
      kubeconfigOf({ ...trusted, server, 'proxy-url': 'ftp://127.0.0.1:1' }, { token }),
    ),
    alone('a proxy without scheme', kubeconfigOf({ ...trusted, server, 'proxy-url': '127.0.0.1:1' }, { token })),
  ];
}
