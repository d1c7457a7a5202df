import { z } from 'zod';
import { listOf, longest, mapOf, most, textOf } from '#contract/bounded.ts';
import { fieldManager } from './apply.ts';

const managerSchema = z.object({
  manager: textOf(longest.reason).optional(),
  subresource: textOf(longest.reason).optional(),
  // Its names are paths into the object, with keys of its lists in them.
  fieldsV1: mapOf(textOf(longest.message), z.unknown(), most.inAList).optional(),
});
const objectSchema = z.object({
  metadata: z.object({ managedFields: listOf(managerSchema, most.entries).optional() }),
});

/** What an object is about, whatever its kind. Whoever makes one sets at least one of them, if only by a default. */
const content = ['f:spec', 'f:data', 'f:stringData', 'f:type'];

/**
 * Whether somebody other than GuildNet's operator says what a just created object shall be. Controllers that add an
 * annotation or a status do not count. By `metadata.managedFields`, as the API server answers a write
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management); an object without them has no author.
 */
export function hasAnotherAuthor(object: unknown): boolean {
  const { managedFields = [] } = objectSchema.parse(object).metadata;
  return managedFields.some(
    ({ manager, subresource, fieldsV1 = {} }) =>
      manager !== fieldManager && (subresource ?? '') === '' && content.some((field) => field in fieldsV1),
  );
}
