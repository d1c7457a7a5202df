import { z } from 'zod';
import { sitesOf } from './schema-sites.ts';

const finite: readonly string[] = [
  'number',
  'int',
  'boolean',
  'bigint',
  'null',
  'undefined',
  'void',
  'never',
  'literal',
  'enum',
  'date',
  'transform',
];

/**
 * The places of a schema that take something of any size, or look at something too large before they refuse it: zod runs a
 * string's other checks on a text that is too long, unless its bound comes first and aborts, and reads every item of a list
 * before it counts them.
 */
export function unboundedOf(schema: z.ZodType): string[] {
  const sites = [...sitesOf(schema)];
  const guarded = new Set<unknown>();
  for (const { schema: one } of sites) {
    const { def } = one._zod;
    if (def.type === 'pipe' && def.in._zod.def.type === 'transform') guarded.add(def.out);
  }
  return sites.filter((site) => !isBounded(site.schema, guarded)).map(({ path }) => path);
}

function isBounded(schema: z.core.$ZodTypes, guarded: ReadonlySet<unknown>): boolean {
  const { def } = schema._zod;
  switch (def.type) {
    case 'string':
      return isBoundedText(def);
    case 'array':
      return guarded.has(schema) && maximumOf(schema) !== undefined;
    case 'record':
      return guarded.has(schema) && typeof z.globalRegistry.get(schema)?.['maxProperties'] === 'number';
    case 'object':
      return def.catchall === undefined || def.catchall._zod.def.type === 'never' || guarded.has(schema);
    case 'union':
    case 'tuple':
    case 'pipe':
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return true;
    default:
      return finite.includes(def.type);
  }
}

/** The most characters or items that a schema lets through. */
export function maximumOf({ _zod: { def } }: z.core.$ZodType): number | undefined {
  for (const check of def.checks ?? []) {
    const one: z.core.$ZodCheckDef & { maximum?: unknown } = check._zod.def;
    if (one.check === 'max_length' && typeof one.maximum === 'number') return one.maximum;
  }
  return undefined;
}

function isBoundedText(def: z.core.$ZodStringDef): boolean {
  const [first, second] = (def.checks ?? []).map((check) => check._zod.def);
  // A format of its own is looked at before any other check.
  if ('format' in def) return false;
  if (first?.check === 'max_length') return 'abort' in first && first.abort === true;
  return first?.check === 'overwrite' && second?.check === 'max_length';
}
