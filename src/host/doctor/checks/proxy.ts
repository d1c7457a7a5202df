import type { Finding } from '#contract/doctor.ts';
import { either, parseProxy, proxyFor } from '../../kube/access/proxy-choice.ts';
import { failed, ok, skipped, warning } from '../check.ts';
import type { Check } from '../check.ts';
import type { Patient } from '../patient.ts';

const names = ['https_proxy', 'http_proxy', 'no_proxy'] as const;
const protocols = new Set(['http:', 'https:', 'socks5:', 'socks5h:']);

/** What the environment says of proxies, and what comes of it for the API server. Never a password. Pure. */
export function judgeProxies(env: NodeJS.ProcessEnv, server: URL | undefined): Finding[] {
  const findings: Finding[] = [];
  for (const name of names) {
    const [capital, small] = [env[name.toUpperCase()], env[name]];
    if (capital !== undefined && capital !== '' && small !== undefined && small !== '' && capital !== small)
      findings.push(
        warning(
          `${name.toUpperCase()} and ${name} differ; the first counts for GuildNet, and other programs take the other one.`,
          'Set both to the same, or only one of them.',
        ),
      );
    const text = either(env, name);
    if (name === 'no_proxy' || text === '') continue;
    const proxy = parseProxy(text);
    if (proxy === undefined || !protocols.has(proxy.protocol))
      findings.push(
        failed(
          `${name.toUpperCase()} is not the address of a proxy, and is passed over.`,
          'Write it as http://host:port, https://host:port or socks5://host:port.',
        ),
      );
  }
  if (server === undefined) return findings;
  const used = proxyFor(server, env);
  findings.push(
    used === undefined
      ? ok(`${server.host} is asked without a proxy, unless the kubeconfig names one.`)
      : ok(
          `${server.host} is asked through the proxy ${used.host}, unless the kubeconfig names another; NO_PROXY=${server.hostname} goes past it.`,
        ),
  );
  return findings;
}

function areNoneSet({ env }: Patient): boolean {
  return names.every((name) => either(env, name) === '');
}

export const proxy: Check = {
  id: 'proxy',
  title: 'Proxy variables',
  check: async (patient) => {
    if (areNoneSet(patient)) return [ok('No proxy is set in the environment.')];
    const findings = judgeProxies(patient.env, await serverOf(patient));
    return findings.length === 0
      ? [skipped('No cluster is configured that could be asked through a proxy.')]
      : findings;
  },
};

async function serverOf(patient: Patient): Promise<URL | undefined> {
  if (patient.source === undefined) return undefined;
  try {
    return new URL((await patient.access()).server);
  } catch {
    // A kubeconfig that cannot be used is the finding of the cluster's own check.
    return undefined;
  }
}
