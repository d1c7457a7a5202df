import { z } from 'zod';
import { patchedFields } from '#contract/edit/editable-workspace.ts';
import { workspaceSpecSchema } from '#contract/workspace.ts';

type Json = Record<string, unknown>;

/** The JSON Schema of a workspace as it is edited: the resource's own words for its fields, variables as names and values. */
export function editableSchema(): Json {
  const { properties = {} } = z.toJSONSchema(workspaceSpecSchema, { io: 'input' });
  const about = typeof properties['env'] === 'object' ? properties['env'].description : undefined;
  const env = { type: 'object', additionalProperties: { type: 'string' }, description: about };
  const spec = Object.entries({ ...properties, env }).filter(([name]) => patchedFields.has(name));
  return {
    type: 'object',
    properties: {
      labels: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'Labels of the workspace, by which lists can be filtered.',
      },
      spec: { type: 'object', properties: Object.fromEntries(spec), description: 'What it is made of.' },
    },
  };
}
