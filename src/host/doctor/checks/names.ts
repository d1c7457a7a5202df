import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { Finding } from '#contract/doctor.ts';
import { failed, ok } from '../check.ts';
import type { Check } from '../check.ts';

/** The addresses of a name, or the system's word for why there are none. */
export type Resolved = readonly string[] | string;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function strangers(resolved: Resolved): string[] {
  if (typeof resolved === 'string') return [];
  return resolved.filter((one) => !loopback.check(one, isIP(one) === 6 ? 'ipv6' : 'ipv4'));
}

/** Whether this computer takes `localhost`, and names below it, for itself (RFC 6761, section 6.3). Pure. */
export function judgeNames(localhost: Resolved, below: Resolved): Finding[] {
  const findings: Finding[] = [];
  const hosts = 'Have "127.0.0.1 localhost" and "::1 localhost" in the hosts file (/etc/hosts).';
  if (typeof localhost === 'string')
    findings.push(failed(`"localhost" does not resolve on this computer (${localhost}).`, hosts));
  else if (strangers(localhost).length > 0)
    findings.push(failed(`"localhost" is ${strangers(localhost).join(', ')}, which is not this computer.`, hosts));
  if (strangers(below).length > 0)
    findings.push(
      failed(
        `The resolver says that *.localhost, where workspaces are shown, is ${strangers(below).join(', ')}, which is not this computer.`,
        'Use a resolver that keeps to RFC 6761, or set PROXY_ORIGIN_MODE=path.',
      ),
    );
  if (findings.length > 0) return findings;
  return [
    typeof below === 'string'
      ? ok(
          'localhost is this computer. Names below it are not resolved by the system: browsers do that by themselves, other programs use https://localhost:…/proxy/server/….',
        )
      : ok('localhost, and the names below it where workspaces are shown, are this computer.'),
  ];
}

async function resolve(name: string): Promise<Resolved> {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'no reason given';
  }
}

export const localNames: Check = {
  id: 'names',
  title: 'Names',
  check: async () => judgeNames(...(await Promise.all([resolve('localhost'), resolve('guildnet-doctor.localhost')]))),
};
