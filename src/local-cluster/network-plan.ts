/** One end each for the host and the node. */
export interface NodeSubnet {
  cidr: string;
  host: string;
  node: string;
  prefixLength: number;
}

/** Subnets a cluster may use to reach its host; one of 256, so that clusters live side by side. */
export function nodeSubnet(index: number): NodeSubnet {
  if (!Number.isInteger(index) || index < 0 || index > 255) throw new RangeError(`no subnet ${index}`);
  const base = `10.95.${index}`;
  return { cidr: `${base}.0/30`, host: `${base}.1`, node: `${base}.2`, prefixLength: 30 };
}

/** `10.95.3.0/24` → the addresses' first and last as numbers; a bare address is a range of one. */
export function parseCidr(text: string): { first: number; last: number } | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 32] = match
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  if ([a, b, c, d].some((part) => part > 255) || bits > 32) return undefined;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - bits);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}

/**
 * The subnet index to use: the remembered one when it is still free, else the first free one, starting at a place that depends on
 * the name so that clusters seldom meet. Taken are all addresses and routes the host knows (a default route takes nothing).
 */
export function chooseSubnet(name: string, takenCidrs: readonly string[], remembered?: number): number | undefined {
  const taken = takenCidrs
    .flatMap((cidr) => parseCidr(cidr) ?? [])
    .filter(({ first, last }) => !(first === 0 && last > 0));
  const isFree = (index: number): boolean => {
    const own = parseCidr(nodeSubnet(index).cidr);
    return own !== undefined && taken.every(({ first, last }) => last < own.first || first > own.last);
  };
  if (remembered !== undefined && isFree(remembered)) return remembered;
  const start = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 256, 7);
  return Array.from({ length: 256 }, (_, step) => (start + step) % 256).find(isFree);
}
