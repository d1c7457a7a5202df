import { z } from 'zod';

/*
 * What every schema is made of. A schema meets whatever somebody sends, so nothing in it is without end, and too much is
 * refused before anything else looks at it: zod runs a string's other checks on a text that is too long, and reads every item
 * of a list that is.
 */

/** The lengths that several schemas share, in UTF-16 code units, with where they come from. */
export const longest = {
  /** Kubernetes' names are DNS subdomains. */
  name: 253,
  /** A label's value, and what becomes one: an id, a Service's name. */
  label: 63,
  /** A prefix, which is a DNS subdomain, a slash and a name of 63: keys of labels and annotations, kinds of resources. */
  key: 317,
  /** All annotations of an object have 256 KiB. */
  annotation: 262_144,
  /** uid, resourceVersion, times, versions: opaque, and short wherever they were seen. */
  token: 256,
  image: 512,
  path: 4_096,
  url: 8_192,
  /** One argument or variable of a program: Linux' MAX_ARG_STRLEN (execve(2)). */
  argument: 131_072,
  /** A condition's message (metav1.Condition), and every other text for people. */
  message: 32_768,
  reason: 1_024,
} as const;

/** How many, where Kubernetes itself has no limit but an object's size. */
export const most = { entries: 4_096, objects: 10_000, inAList: 100_000 } as const;

/** A text of at most `max` UTF-16 code units. `error`: what is said of what is no text. */
export function textOf(max: number, error?: string): z.ZodString {
  return (error === undefined ? z.string() : z.string({ error })).max(max, { abort: true });
}

/** A text that is shown to people and not refused for its length: what is beyond `max` UTF-16 code units is cut off. */
export function cutTextOf(max: number): z.ZodString {
  return z
    .string()
    .overwrite((text) => cutText(text, max))
    .max(max);
}

/** At most `max` UTF-16 code units of a text; an ellipsis stands for what is cut off, and no character is halved. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** A time as Kubernetes and `Date.toISOString` write it (RFC 3339 in UTC). */
export const timeText = textOf(longest.token).check(z.iso.datetime()).meta({ format: 'date-time' });

/** A list of at most `max` items. `error`: what is said of what is no list. */
export function listOf<Item extends z.ZodType>(
  item: Item,
  max: number,
  error?: string,
): z.ZodPreprocess<z.ZodArray<Item>, readonly z.input<Item>[]> {
  return z.preprocess(
    (value: readonly z.input<Item>[], context) => {
      if (Array.isArray(value) && !refuseIfMore(context, 'array', value.length, max))
        refuseIfHopeless(context, value.entries(), value.length, item);
      return value;
    },
    (error === undefined ? z.array(item) : z.array(item, { error })).max(max),
  );
}

/** A whole number from 1 to `max`, also as the digits in which a query carries it. */
export function countOf(max: number): z.ZodPreprocess<z.ZodInt> {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^[0-9]{1,9}$/.test(value) ? Number(value) : value),
    z.int().min(1).max(max),
  );
}

/** An object of at most `max` entries. */
export function mapOf<Key extends z.ZodString, Value extends z.ZodType>(
  key: Key,
  value: Value,
  max: number,
): z.ZodPreprocess<z.ZodRecord<Key, Value>, Readonly<Record<string, z.input<Value>>>> {
  return z.preprocess(
    (map: Readonly<Record<string, z.input<Value>>>, context) => {
      if (!isObject(map)) return map;
      const names = Object.keys(map);
      if (refuseIfMore(context, 'object', names.length, max)) return map;
      refuseIfHopeless(context, names.entries(), names.length, key);
      refuseIfHopeless(context, Object.entries(map), names.length, value);
      return map;
    },
    // JSON Schema's word for it, which is looked for in the CRD and in tests.
    z.record(key, value).meta({ maxProperties: max }),
  );
}

/** An object of which these fields are known and the others pass through unread; Kubernetes' own have a few dozen. `error`: what is said of what is no object. */
export function openObject<Shape extends z.ZodRawShape>(
  shape: Shape,
  error?: string,
): z.ZodPreprocess<z.ZodObject<Shape, z.core.$loose>> {
  return z.preprocess(
    (value: unknown, context) => {
      if (isObject(value)) refuseIfMore(context, 'object', Object.keys(value).length, mostFields);
      return value;
    },
    z.looseObject(shape, error === undefined ? {} : { error }),
  );
}
const mostFields = 256;

function refuseIfMore(
  context: z.core.$RefinementCtx,
  origin: 'array' | 'object',
  length: number,
  maximum: number,
): boolean {
  if (length <= maximum) return false;
  const words = origin === 'object' ? { message: `Too big: expected object to have <=${String(maximum)} keys` } : {};
  context.addIssue({ code: 'too_big', origin, maximum, inclusive: true, ...words });
  return true;
}

/** Collections longer than this are looked through before, and given up when so many items are wrong. */
const lookThrough = 128;
const wrongEnough = 16;

/** Every wrong item costs an issue and its words, which is dear where there are many: one that is hopeless gets one. */
function refuseIfHopeless(
  context: z.core.$RefinementCtx,
  items: Iterable<[PropertyKey, unknown]>,
  length: number,
  item: z.ZodType,
): void {
  if (length <= lookThrough) return;
  let wrong = 0;
  for (const [place, value] of items) {
    const issue = item.safeParse(value).error?.issues[0];
    if (issue === undefined || (wrong += 1) < wrongEnough) continue;
    context.addIssue({ code: 'custom', path: [place, ...issue.path], message: issue.message });
    return;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
