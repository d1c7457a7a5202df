/*
 * Inputs that schemas are tried with: each as large as a request may be, and made for a kind of expression or check that
 * takes more than its share of them.
 */

/** What a request body may have (the host's own limit). */
export const inputBytes = 1_048_576;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const pumps = [
  '9',
  'a',
  'A',
  '-',
  '.',
  '/',
  '_',
  ' ',
  ':',
  '\u{1F600}',
  '\uD800',
  'a-',
  'a.',
  'a__',
  '1.',
  '1s',
  '1ms',
];
const frames = [
  ['', ''],
  ['', '!'],
  ['a', '\n'],
  ['a@sha256:', 'g'],
  ['https://', '@'],
] as const;

const made = new Map<number, readonly string[]>();

/** Texts of at most `length` UTF-16 code units, each one thing over and over, with or without what spoils it at the end. */
export function hostileTexts(length: number): readonly string[] {
  const known = made.get(length);
  if (known !== undefined) return known;
  const texts = frames.flatMap(([begin, end]) =>
    pumps.map((pump) => {
      const times = Math.max(0, Math.floor((length - begin.length - end.length) / pump.length));
      return `${begin}${pump.repeat(times)}${end}`;
    }),
  );
  made.set(length, texts);
  return texts;
}

/** Collections of as many small things as a body holds, for lists, maps and objects alike. */
export function hostileCollections(): Json[] {
  const list = (item: Json, times: number): Json[] => Array.from({ length: times }, () => item);
  const map = (value: Json, times: number): Json =>
    Object.fromEntries(Array.from({ length: times }, (_, index) => [`k${String(index)}`, value]));
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as Json;
  return [
    ...[0, '', null, {}, []].map((item) => list(item, inputBytes / 3)),
    ...[128, 129, 10_000].flatMap((times) => [0, '', {}].map((item) => list(item, times))),
    ...[0, ''].map((value) => map(value, inputBytes / 12)),
    ...[64, 512, 4_096].map((times) => map(0, times)),
    deep,
  ];
}
