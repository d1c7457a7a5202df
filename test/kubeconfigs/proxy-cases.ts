import { kubeconfigOf, pem } from './corpus.ts';
import type { Case, Facts } from './corpus.ts';
import { hiddenAddress, hiddenHost, proxyUser } from './test-proxies.ts';
import type { TestProxies } from './test-proxies.ts';

type Fields = Readonly<Record<string, unknown>>;

export type ProxyAddresses = Pick<TestProxies, 'http' | 'guarded' | 'https' | 'socks' | 'refusing'>;

/** Proxies of the kubeconfig and of the environment. `proxies` lead to the server under its hidden name, too. */
export function proxyCases(facts: Facts, proxies: ProxyAddresses): Case[] {
  const { server, ca, strange, cert, key, token, deadPort } = facts;
  const { port } = new URL(server);
  const hidden = {
    server: `https://${hiddenHost}:${port}`,
    'tls-server-name': 'localhost',
    'certificate-authority-data': ca,
  };
  const near = { server, 'certificate-authority-data': ca };
  const bundle = Buffer.from(pem(ca) + pem(strange.cert)).toString('base64');
  const dead = `127.0.0.1:${String(deadPort)}`;
  const who = `${encodeURIComponent(proxyUser.name)}:${encodeURIComponent(proxyUser.password)}`;
  const by = (
    what: string,
    cluster: Fields,
    env: Readonly<Record<string, string>> = {},
    user: Fields = { token },
  ): Case => ({
    what,
    files: { config: kubeconfigOf(cluster, user) },
    env,
  });
  const named = (url: string, cluster: Fields = near): Fields => ({ ...cluster, 'proxy-url': url });
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
    command: './bin/login',
    provideClusterInfo: true,
  };
  const printed = JSON.stringify({ kind: 'ExecCredential', apiVersion: exec.apiVersion, status: { token } });
  return [
    by('a proxy', named(`http://${proxies.http}`)),
    by('a proxy that ends in a slash', named(`http://${proxies.http}/`)),
    by('a proxy that knows a name', named(`http://${proxies.http}`, hidden)),
    by('a proxy that wants credentials', named(`http://${who}@${proxies.guarded}`)),
    by('a proxy that wants other credentials', named(`http://u:s3cret-p@${proxies.guarded}`)),
    by('a proxy that wants credentials and gets none', named(`http://${proxies.guarded}`)),
    by('a proxy that speaks TLS', { ...named(`https://${proxies.https}`), 'certificate-authority-data': bundle }),
    by('a proxy that speaks TLS and is not trusted', named(`https://${proxies.https}`)),
    by('a proxy that speaks SOCKS', named(`socks5://${proxies.socks}`)),
    by('a proxy that speaks SOCKS and knows a name', named(`socks5://${proxies.socks}`, hidden)),
    by('a proxy that is not there', named(`http://${dead}`)),
    by('a SOCKS proxy that is not there', named(`socks5://${dead}`)),
    by('a proxy that refuses', named(`http://${proxies.refusing}`)),
    by('a proxy, whatever is excepted', named(`http://${proxies.http}`), { NO_PROXY: '*' }),
    by('a proxy before that of the environment', named(`http://${proxies.http}`, hidden), {
      HTTPS_PROXY: `http://${dead}`,
    }),
    by('an empty proxy and one of the environment', named('', hidden), { HTTPS_PROXY: `http://${proxies.http}` }),
    by(
      'as jane, through a proxy',
      named(`http://${proxies.http}`),
      {},
      { 'client-certificate-data': cert, 'client-key-data': key, as: 'jane' },
    ),
    by('a proxy of the environment', hidden, { HTTPS_PROXY: `http://${proxies.http}` }),
    by('a proxy of the environment, without scheme', hidden, { HTTPS_PROXY: proxies.http }),
    by('a proxy of the environment, in small letters', hidden, {
      https_proxy: `http://${proxies.http}`,
      HTTPS_PROXY: `http://${dead}`,
    }),
    by('a proxy of the environment that speaks SOCKS', hidden, { HTTPS_PROXY: `socks5://${proxies.socks}` }),
    by('a proxy of the environment with credentials', hidden, { HTTPS_PROXY: `http://${who}@${proxies.guarded}` }),
    by('a proxy of the environment for plain HTTP', hidden, { HTTP_PROXY: `http://${proxies.http}` }),
    by('a proxy of the environment, and loopback', near, { HTTPS_PROXY: `http://${dead}` }),
    by(
      'a proxy of the environment, and the name of loopback',
      { ...near, server: `https://localhost:${port}` },
      { HTTPS_PROXY: `http://${dead}` },
    ),
    by('an exception', hidden, { HTTPS_PROXY: `http://${proxies.http}`, NO_PROXY: hiddenHost }),
    by('an exception for a domain', hidden, { HTTPS_PROXY: `http://${proxies.http}`, no_proxy: 'x, .guildnet.test' }),
    by('an exception for another port', hidden, { HTTPS_PROXY: `http://${proxies.http}`, NO_PROXY: `${hiddenHost}:1` }),
    by('an exception for this port', hidden, {
      HTTPS_PROXY: `http://${proxies.http}`,
      NO_PROXY: `${hiddenHost}:${port}`,
    }),
    by('an exception for another name', hidden, {
      HTTPS_PROXY: `http://${proxies.http}`,
      NO_PROXY: 'guildnet.tes,i.guildnet.test,.api.guildnet.test',
    }),
    by(
      'an exception for another network',
      { ...hidden, server: `https://${hiddenAddress}:${port}` },
      { HTTPS_PROXY: `http://${proxies.http}`, NO_PROXY: '11.0.0.0/8,10.255.255.2' },
    ),
    {
      what: 'a proxy that a program wants to know',
      files: {
        config: kubeconfigOf(named(`http://${proxies.http}`), { exec }),
        'bin/login': `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" >> "{FOLDER}/told"\necho '${printed}'\n`,
      },
    },
  ];
}
