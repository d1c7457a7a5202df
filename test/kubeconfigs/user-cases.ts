import { kubeconfigOf, pem } from './corpus.ts';
import type { Case, Facts } from './corpus.ts';

type Fields = Readonly<Record<string, unknown>>;

const version = 'client.authentication.k8s.io/v1';
const beta = 'client.authentication.k8s.io/v1beta1';
const printed = (status: Fields, apiVersion = version): string =>
  JSON.stringify({ kind: 'ExecCredential', apiVersion, status });

/** Tokens, passwords, certificates, and acting as somebody else: who one is. */
export function userCases({ server, ca, cert, key, strange, token, powerless }: Facts): Case[] {
  const cluster = { server, 'certificate-authority-data': ca };
  const admin = { 'client-certificate-data': cert, 'client-key-data': key };
  const as = (what: string, fields: Fields, base: Fields = admin): Case => ({
    what,
    files: { config: kubeconfigOf(cluster, { ...base, ...fields }) },
  });
  return [
    as('a token file that ends in a newline', { tokenFile: 'tok' }, {}),
    as('a token that may do nothing', { token: powerless }, {}),
    as('a wrong token', { token: 'wrong' }, {}),
    as('a token with a newline', { token: `${token}\n` }, {}),
    as('a token and its file, of which the file counts', { token: 'wrong', tokenFile: 'tok' }, {}),
    as('a token, and a file that is missing', { token, tokenFile: 'gone' }, {}),
    as('a token file that is missing', { tokenFile: 'gone' }, {}),
    as('an empty token file', { tokenFile: 'empty' }, {}),
    as('a token and a password', { token, username: 'u', password: 'p' }, {}),
    as('a token file and a password', { tokenFile: 'tok', username: 'u', password: 'p' }, {}),
    as('a name and a password', { username: 'u', password: 's3cret-p' }, {}),
    as(
      'a certificate that nobody knows',
      { 'client-certificate-data': strange.cert, 'client-key-data': strange.key },
      {},
    ),
    as('a provider that is gone', { 'auth-provider': { name: 'gcp' } }, {}),
    as('as jane', { as: 'jane' }),
    as('as jane of the developers', { as: 'jane', 'as-groups': ['devs', 'more devs'] }),
    as('as all of jane', {
      as: 'jane',
      'as-uid': '7',
      'as-groups': ['devs'],
      'as-user-extra': { scopes: ['a', 'b'], 'example.org/x y': ['ä'] },
    }),
    as('as a service account', { as: 'system:serviceaccount:default:default' }),
    as('as an administrator', { as: 'root', 'as-groups': ['system:masters'] }),
    as('as jörg', { as: 'jörg' }),
    as('as somebody who may not be', { as: 'jane', token }, {}),
    as('as nobody’s groups', { 'as-groups': ['devs'] }),
    as('as nobody’s uid', { 'as-uid': '7' }),
    as('as nobody’s extra', { 'as-user-extra': { a: ['b'] } }),
  ].map((one) => ({ ...one, files: { ...one.files, tok: `  ${token}\r\n\n`, empty: '\n' } }));
}

/** Credential programs. What `told` is appended to has to be the same from both. */
export function pluginCases({ server, ca, cert, key, token, powerless }: Facts): Case[] {
  const cluster = { server, 'certificate-authority-data': ca };
  const plugin = (what: string, exec: Fields, script: string, more: Fields = {}, on: Fields = cluster): Case => ({
    what: `a program ${what}`,
    files: {
      config: kubeconfigOf(on, {
        exec: { apiVersion: version, interactiveMode: 'Never', command: './bin/login', ...exec },
        ...more,
      }),
      'tls/ca.crt': pem(ca),
      'bin/login': `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" >> "{FOLDER}/told"\n${script}\n`,
    },
    env: { PATH: `{FOLDER}/bin:${process.env['PATH'] ?? ''}` },
  });
  const give = (status: Fields, apiVersion = version): string => `cat <<'END'\n${printed(status, apiVersion)}\nEND`;
  const both = { clientCertificateData: pem(cert), clientKeyData: pem(key) };
  const wants = { provideClusterInfo: true };
  const extensions = [
    { name: 'client.authentication.k8s.io/exec', extension: { audience: 'a', list: [1, { b: null }] } },
  ];
  return [
    plugin('beside the kubeconfig', {}, give({ token })),
    plugin('on the path', { command: 'login' }, give({ token })),
    plugin('of v1beta1', { apiVersion: beta, interactiveMode: undefined }, give({ token }, beta)),
    plugin('that would ask', { interactiveMode: 'IfAvailable' }, give({ token })),
    plugin('that has to ask', { interactiveMode: 'Always' }, give({ token })),
    plugin(
      'with arguments and variables',
      { args: ['a b', '$HOME'], env: [{ name: 'MINE', value: 'x y' }] },
      `[ "$1|$2|$MINE" = 'a b|$HOME|x y' ] || exit 9\n${give({ token })}`,
    ),
    plugin('that wants to know the cluster', wants, give({ token })),
    plugin(
      'that wants to know all of the cluster',
      wants,
      give({ token }),
      {},
      { ...cluster, 'tls-server-name': 'localhost', 'disable-compression': true, extensions },
    ),
    plugin(
      'that wants to know a cluster with an authority in a file',
      wants,
      give({ token }),
      {},
      { server, 'certificate-authority': 'tls/ca.crt' },
    ),
    plugin(
      'that wants to know a cluster that is not verified',
      wants,
      give({ token }),
      {},
      { server, 'insecure-skip-tls-verify': true },
    ),
    plugin('that gives a certificate', {}, give(both)),
    plugin('that gives a certificate and a token', {}, give({ ...both, token })),
    plugin('that gives what lasts', {}, give({ token, expirationTimestamp: '2099-01-01T00:00:00Z' })),
    plugin(
      'that prints YAML',
      {},
      `printf 'kind: ExecCredential\\napiVersion: ${version}\\nstatus: {token: ${token}}\\n'`,
    ),
    plugin('beside a token, which counts', {}, give({ token: 'wrong' }), { token: powerless }),
    plugin('for somebody else', {}, give(both), { as: 'jane', 'as-groups': ['devs'] }),
    plugin('that gives a wrong token', {}, give({ token: 'wrong' })),
    plugin('that fails', {}, `echo "no session for ${token}" >&2; exit 3`),
    plugin('that is not there', { command: 'guildnet-none' }, ''),
    plugin('that is not where it should be', { command: './bin/none' }, ''),
    plugin('that prints nothing', {}, ''),
    plugin('that prints what is broken', {}, `echo 'status: {token: ${token}' && echo 'kind: ['`),
    plugin('that prints words', {}, 'echo hello'),
    plugin('of another version than it gives', {}, give({ token }, beta)),
    plugin('that gives no status', {}, `echo '${JSON.stringify({ kind: 'ExecCredential', apiVersion: version })}'`),
    plugin('that gives an empty status', {}, give({})),
    plugin('that gives half a certificate', {}, give({ clientKeyData: 'x' })),
    plugin('that gives a certificate that is none', {}, give({ clientCertificateData: 'x', clientKeyData: 'y' })),
    plugin('of v1 that does not say whether it asks', { interactiveMode: undefined }, give({ token })),
    plugin('that asks in a way of its own', { interactiveMode: 'Perhaps' }, give({ token })),
    plugin('of v1alpha1', { apiVersion: 'client.authentication.k8s.io/v1alpha1' }, give({ token })),
    plugin('without version', { apiVersion: '' }, give({ token })),
    plugin('without command', { command: '' }, give({ token })),
    plugin('with a variable without name', { env: [{ value: 'x' }] }, give({ token })),
  ];
}
