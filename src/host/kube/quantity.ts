/** 10⁹ times one: nano is the smallest unit that Kubernetes keeps. */
const units: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 1_000n,
  m: 1_000_000n,
  '': 10n ** 9n,
  k: 10n ** 12n,
  M: 10n ** 15n,
  G: 10n ** 18n,
  T: 10n ** 21n,
  P: 10n ** 24n,
  E: 10n ** 27n,
  Ki: 10n ** 9n * 1024n,
  Mi: 10n ** 9n * 1024n ** 2n,
  Gi: 10n ** 9n * 1024n ** 3n,
  Ti: 10n ** 9n * 1024n ** 4n,
  Pi: 10n ** 9n * 1024n ** 5n,
  Ei: 10n ** 9n * 1024n ** 6n,
};

/** Kubernetes writes them with 20 at most; the time that numbers of many digits take grows faster than their length. */
const mostCharacters = 64;

/**
 * A resource quantity in billionths, or undefined when `text` is none
 * (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/). What is finer than nano is cut off.
 */
export function parseQuantity(text: string): bigint | undefined {
  if (text.length > mostCharacters) return undefined;
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2})|(n|u|m|k|[KMGTPE]i|[MGTPE]))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent, suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const unit = units[suffix];
  if (unit === undefined) return undefined;
  const power = exponent === undefined ? 0 : Number(exponent);
  const digits = BigInt(`${whole}${fraction}`);
  const scaled = power >= 0 ? digits * unit * 10n ** BigInt(power) : (digits * unit) / 10n ** BigInt(-power);
  const value = scaled / 10n ** BigInt(fraction.length);
  return sign === '-' ? -value : value;
}

/** Whether two quantities mean the same amount, however they are written: `1000m` and `1`, `1024Mi` and `1Gi`. */
export function sameQuantity(left: string, right: string): boolean {
  if (left === right) return true;
  const [a, b] = [parseQuantity(left), parseQuantity(right)];
  return a !== undefined && a === b;
}
