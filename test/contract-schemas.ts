import { getEventIteratorSchemaDetails, isContractProcedure } from '@orpc/contract';
import type { AnySchema } from '@orpc/contract';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const folder = join(import.meta.dirname, '..', 'src', 'contract');

/** Every schema that the contract exports, and those that its calls take and give, by module and name. */
export async function contractSchemas(): Promise<Map<string, z.ZodType>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const found = new Map<string, z.ZodType>();
  for (const file of files) {
    const exported = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      if (value instanceof z.ZodType) found.set(`${file} ${name}`, value);
      else for (const [call, schema] of callsOf(value, `${file} ${name}`)) found.set(call, schema);
    }
  }
  return found;
}

function* callsOf(router: unknown, path: string): Generator<[string, z.ZodType]> {
  if (isContractProcedure(router)) {
    const { inputSchema, outputSchema } = router['~orpc'] as { inputSchema?: AnySchema; outputSchema?: AnySchema };
    const events = getEventIteratorSchemaDetails(outputSchema);
    const named = { input: inputSchema, output: events === undefined ? outputSchema : events.yields };
    for (const [end, schema] of Object.entries(named)) {
      if (schema instanceof z.ZodType) yield [`${path} ${end}`, schema];
      else if (schema !== undefined) throw new TypeError(`the ${end} of ${path} is no schema of zod's`);
    }
    return;
  }
  if (typeof router !== 'object' || router === null || Array.isArray(router)) return;
  const { constructor } = router;
  if (constructor !== Object) return;
  for (const [name, child] of Object.entries(router)) yield* callsOf(child, `${path}.${name}`);
}
