import type { ConditionalSchemaConverter } from '@orpc/openapi';
import { z } from 'zod';

/**
 * zod's schemas as JSON Schema (draft 2020-12, which OpenAPI 3.1 has) for oRPC's generator. Those that have a name in the document are
 * referred to wherever they stand inside of another. Rules for the API server alone (CEL) are left out.
 */
export const zodConverter: ConditionalSchemaConverter = {
  condition: (schema) => schema instanceof z.ZodType,
  convert(schema, { strategy, components = [], minStructureDepthForRef = 0 }) {
    if (!(schema instanceof z.ZodType)) return [false, {}];
    const named = components.filter(({ allowedStrategies }) => allowedStrategies.includes(strategy));
    const optional = (strategy === 'input' ? schema._zod.optin : schema._zod.optout) === 'optional';
    const whole = named.find((component) => component.schema === schema);
    if (whole !== undefined && minStructureDepthForRef === 0) return [!optional, { $ref: whole.ref }];
    const { $schema: _schema, ...json } = z.toJSONSchema(schema, {
      io: strategy,
      unrepresentable: 'any',
      override({ zodSchema, jsonSchema }) {
        const known = isSame(zodSchema, schema)
          ? undefined
          : named.find((component) => isSame(component.schema, zodSchema));
        for (const key of Object.keys(jsonSchema))
          if (known !== undefined || key.startsWith('x-kubernetes-')) Reflect.deleteProperty(jsonSchema, key);
        if (known !== undefined) jsonSchema.$ref = known.ref;
      },
    });
    return [!optional, json as object];
  },
};

/** zod has two types for one and the same object. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other;
}
