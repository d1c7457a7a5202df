import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface Endpoint {
  address: string;
  port: number;
}

/** What must not be reached from here by naming it. */
export interface AddressPolicy {
  /** This machine's own addresses, on all its networks. */
  own: readonly string[];
  /** Our addresses in a tailnet: whatever is served there, we serve. */
  ownInTailnet?: readonly string[];
  /** The port that we listen on. */
  ownPort: number;
  /** Where the API server answers. */
  apiServers: readonly Endpoint[];
}

type Address = ReturnType<typeof ipaddr.parse>;
type Range = [string, number];

const parsed = (ranges: readonly Range[]): [Address, number][] =>
  ranges.map(([address, bits]) => [ipaddr.parse(address), bits]);

/** Clouds answer these with the credentials of the machine that asks, and one names them outside the link-local range. */
const metadata = parsed([
  ['169.254.169.254', 32],
  ['169.254.170.2', 32],
  ['fd00:ec2::', 32],
  ['fd20:ce::254', 128],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
]);

/** Ranges by the names of ipaddr.js, with what is said of them. */
const refusedRanges: Readonly<Record<string, string>> = {
  unspecified: 'an unspecified address, which means this machine',
  loopback: 'a loopback address: this machine itself',
  linkLocal: 'a link-local address',
  multicast: 'a multicast address',
  broadcast: 'the broadcast address',
  reserved: 'a reserved address',
  deprecatedSiteLocal: 'a site-local address',
  teredo: 'a Teredo address, which hides an IPv4 address',
};

const ipv4 = (bytes: readonly number[]): Address => ipaddr.fromByteArray([...bytes]);

/**
 * The IPv4 address inside an IPv6 one, where packets for the one arrive at the other: mapped and compatible (RFC 4291), NAT64
 * (RFC 6052, RFC 8215), 6to4 (RFC 3056), ISATAP (RFC 5214), IPv4-translated (RFC 2765).
 */
function embedded(address: Address): Address | undefined {
  if (address.kind() === 'ipv4') return undefined;
  const bytes = address.toByteArray();
  const head = bytes.slice(0, 12);
  const starts = (...prefix: number[]): boolean => prefix.every((byte, index) => bytes[index] === byte);
  const zeros = (from: number, to: number): boolean => bytes.slice(from, to).every((byte) => byte === 0);
  if (starts(0x20, 0x02)) return ipv4(bytes.slice(2, 6));
  if (starts(0x00, 0x64, 0xff, 0x9b)) return ipv4(bytes.slice(12));
  const mapped = zeros(0, 10) && bytes[10] === 0xff && bytes[11] === 0xff;
  const translated = zeros(0, 8) && bytes[8] === 0xff && bytes[9] === 0xff && zeros(10, 12);
  const compatible = zeros(0, 12) && bytes.slice(12, 15).some((byte) => byte !== 0);
  const isatap = (head[8] === 0 || head[8] === 2) && head[9] === 0 && head[10] === 0x5e && head[11] === 0xfe;
  return mapped || translated || compatible || isatap ? ipv4(bytes.slice(12)) : undefined;
}

function same(one: Address, other: string): boolean {
  return one.toNormalizedString() === plain(other)?.toNormalizedString();
}

/** Without the zone, which says by which network and not to where; the IPv4 address of a mapped one. */
function plain(address: string): Address | undefined {
  const [text = ''] = address.split('%');
  if (isIP(text) === 0) return undefined;
  const known = ipaddr.parse(text);
  return embedded(known) ?? known;
}

/**
 * Why nothing may be asked of this address, in words that complete "… is"; undefined when it may. `address` is what a name has
 * resolved to, so the answer does not depend on how it was written.
 */
export function refusedAddress({ address, port }: Endpoint, policy: AddressPolicy): string | undefined {
  const known = plain(address);
  if (known === undefined) return 'no address';
  if (policy.own.some((own) => same(known, own))) return 'an address of this machine';
  if (policy.apiServers.some((server) => server.port === port && same(known, server.address)))
    return "the cluster's API server, which would take our word for everything";
  const inRange = ([range, bits]: [Address, number]): boolean =>
    range.kind() === known.kind() && known.match([range, bits] as Parameters<typeof known.match>[0]);
  if (metadata.some(inRange)) return 'an address where clouds give out credentials';
  return refusedRanges[known.range()];
}

/** Whether this is a port that we listen on ourselves: a request to it would come back for ever. Holds whatever is allowed. */
export function isOurselves({ address, port }: Endpoint, { own, ownInTailnet = [], ownPort }: AddressPolicy): boolean {
  const known = plain(address);
  if (known === undefined) return false;
  if (ownInTailnet.some((one) => same(known, one))) return true;
  if (port !== ownPort) return false;
  const range = known.range();
  return range === 'loopback' || range === 'unspecified' || own.some((one) => same(known, one));
}
