import type { z } from 'zod';

type Schema = z.core.$ZodType;

/** One place of a schema, and how a value gets there. */
export interface Site {
  /** For people: `spec.env[].value`; `{}` stands for the entries of a map and `{name}` for their names. */
  path: string;
  schema: z.core.$ZodTypes;
  /** The whole input with this value there; where a collection lies on the way, it has `times` of them. */
  around: (value: unknown, times: number) => unknown;
}

/** Every place of a schema, itself first: fields, items, entries and their names, and the branches of unions. */
export function* sitesOf(
  schema: Schema,
  path = '',
  around: Site['around'] = (value) => value,
  above: readonly Schema[] = [],
): Generator<Site> {
  if (above.includes(schema)) return;
  const one = schema as z.core.$ZodTypes;
  yield { path: path === '' ? 'itself' : path, schema: one, around };
  const down = (child: Schema, step: string, wrap: (value: unknown, times: number) => unknown): Generator<Site> =>
    sitesOf(child, `${path}${step}`, (value, times) => around(wrap(value, times), times), [...above, schema]);
  const through = (child: Schema): Generator<Site> => down(child, '', (value) => value);
  const { def } = one._zod;
  switch (def.type) {
    case 'object':
      for (const [name, child] of Object.entries(def.shape))
        yield* down(child, `.${name}`, (value) => ({ [name]: value }));
      if (def.catchall !== undefined) yield* down(def.catchall, '.*', (value) => ({ unknown: value }));
      return;
    case 'array':
      yield* down(def.element, '[]', (value, times) => Array.from({ length: times }, () => value));
      return;
    case 'record':
      yield* down(def.keyType, '{name}', (value) => ({ [String(value)]: '' }));
      yield* down(def.valueType, '{}', (value, times) =>
        Object.fromEntries(Array.from({ length: times }, (_, index) => [`k${String(index)}`, value])),
      );
      return;
    case 'tuple':
      for (const [index, child] of def.items.entries())
        yield* down(child, `[${String(index)}]`, (value) => def.items.map(() => value));
      return;
    case 'union':
      for (const option of def.options) yield* through(option);
      return;
    case 'pipe':
      yield* through(def.in);
      yield* through(def.out);
      return;
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
    case 'promise':
    case 'success':
      yield* through(def.innerType);
      return;
    case 'lazy':
      yield* through(def.getter());
      return;
    default:
      // Without anything below: the caller judges it, and refuses what it does not know.
      return;
  }
}
