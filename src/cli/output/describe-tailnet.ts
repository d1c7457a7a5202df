import type { TailnetHost, TailnetReport, TailnetState } from '#contract/tailnet.ts';
import { formatTable } from './table.ts';

/** One fact a line; a problem with what to do about it. */
export function describeTailnet(state: TailnetState, time: (iso: string) => string): string {
  const fact = (name: string, value: string | undefined): string[][] =>
    value === undefined || value === '' ? [] : [[name, value]];
  return formatTable([
    ['tailnet', `${state.phase}${state.mode === 'off' ? '' : ` (${state.mode})`}`],
    ...fact('login server', state.login_server),
    ...fact('name', state.name),
    ...fact('addresses', state.addresses?.join(', ')),
    ...fact('peers find it at', state.url),
    ...fact('its certificate', certificateWords(state, time)),
    ...fact('', state.certificate?.problem?.message),
    ...fact('', state.certificate?.problem?.remedy),
    ...fact('its authority', state.authority_sha256 === undefined ? undefined : `SHA-256 ${state.authority_sha256}`),
    ...fact('logged in as', state.login),
    ...fact('tags', state.tags?.join(', ')),
    ...fact('log in at', state.login_url),
    ...fact('key expires', state.key_expires_at === undefined ? undefined : time(state.key_expires_at)),
    ...(state.health ?? []).map((text) => ['health', text]),
    ...fact('problem', state.problem?.message),
    ...fact('', state.problem?.remedy),
  ]);
}

const whose = { tailnet: 'had issued by the tailnet', own: 'of this host’s own authority' };

function certificateWords({ certificate }: TailnetState, time: (iso: string) => string): string | undefined {
  if (certificate === undefined) return undefined;
  return `${certificate.issuer}, ${whose[certificate.kind]}; until ${time(certificate.expires_at)}`;
}

/** What a person reads of a measurement. */
export function reportTable({ udp, ipv4, ipv6, hard_nat: hardNat, relays }: TailnetReport): string {
  const word = (yes: boolean): string => (yes ? 'yes' : 'no');
  return formatTable([
    ['UDP', word(udp)],
    ['IPv4', word(ipv4)],
    ['IPv6', word(ipv6)],
    ...(hardNat === undefined ? [] : [['NAT that varies', word(hardNat)]]),
    ...relays.map(({ name, milliseconds, preferred }) => [
      `relay ${name}`,
      `${String(milliseconds)} ms${preferred ? ', used' : ''}`,
    ]),
  ]);
}

/** The hosts of a tailnet that have the same workspaces, this one first. */
export function hostsTable(hosts: readonly TailnetHost[]): string {
  if (hosts.length === 0) return 'Peers do not reach this host, so that it has no place among others.';
  return formatTable([
    ['NAME', 'OF', 'CLUSTER', 'ADDRESS'],
    ...hosts.map(({ name, here, login, tags, cluster_milliseconds: ms, url }) => [
      here ? `${name} (this one)` : name,
      tags.length === 0 ? login : tags.join(', '),
      ms === undefined ? '-' : `${String(ms)} ms`,
      url,
    ]),
  ]);
}
