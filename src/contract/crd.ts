import { z } from 'zod';
import { commonLabels } from './app-labels.ts';
import { toStructuralSchema } from './json-schema.ts';
import type { Json, JsonObject } from './json-schema.ts';
import {
  workspaceGroup,
  workspaceKind,
  workspacePlural,
  workspaceSpecSchema,
  workspaceStatusSchema,
  workspaceVersion,
} from './workspace.ts';

export const workspaceCrdName = `${workspacePlural}.${workspaceGroup}`;

/**
 * Counts the changes of the CRD that was given out: raise it by one with each. A host installs its CRD over one of a
 * lower or equal revision and leaves a higher one alone, so that an old laptop cannot undo what a newer one installed.
 */
export const crdRevision = 5;
export const crdRevisionAnnotation = `${workspaceGroup}/crd-revision`;

/** A Workspace's name becomes the name of a Service and a label of host names, and those are RFC 1035 labels. */
const nameRules: Json = [
  { rule: 'size(self.metadata.name) <= 63', message: 'a workspace name has at most 63 characters' },
  {
    rule: "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    message:
      'a workspace name has lower-case letters, digits and hyphens only, begins with a letter and ends with a letter or digit',
  },
];

/** A column of `kubectl get`. */
export const column = (name: string, jsonPath: string, more: JsonObject = {}): JsonObject => ({
  name,
  type: 'string',
  jsonPath,
  ...more,
});
const wide = { priority: 1 } as const;

/** The Workspace's CustomResourceDefinition (apiextensions.k8s.io/v1), generated from the zod schemas of `workspace.ts`. */
export function workspaceCrd(): JsonObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: workspaceCrdName,
      labels: commonLabels,
      annotations: { [crdRevisionAnnotation]: String(crdRevision) },
    },
    spec: {
      group: workspaceGroup,
      scope: 'Namespaced',
      names: {
        kind: workspaceKind,
        listKind: `${workspaceKind}List`,
        plural: workspacePlural,
        singular: 'workspace',
        shortNames: ['ws'],
        categories: ['guildnet'],
      },
      versions: [
        {
          name: workspaceVersion,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            column('Phase', '.status.phase'),
            column('Ready', '.status.conditions[?(@.type=="Ready")].status'),
            column('Image', '.spec.image'),
            column('URL', '.status.externalURL'),
            column('Age', '.metadata.creationTimestamp', { type: 'date' }),
            column('Node', '.status.nodeName', wide),
            column('Reason', '.status.conditions[?(@.type=="Ready")].reason', wide),
          ],
          schema: {
            openAPIV3Schema: {
              ...objectSchema({
                kind: workspaceKind,
                description:
                  'A dev machine: a container image that runs with its Service and its home volume in this namespace.',
                spec: { ...fromZod(workspaceSpecSchema), description: 'What is wanted.' },
                status: { ...fromZod(workspaceStatusSchema), description: 'What is; written by the operator.' },
              }),
              'x-kubernetes-validations': nameRules,
            },
          },
        },
      ],
    },
  };
}

/** The schema of a whole object of one of our kinds. `parts`: its `spec`, and its `status` where it has one. */
export function objectSchema({
  kind,
  description,
  ...parts
}: {
  kind: string;
  description: string;
  spec: JsonObject;
  status?: JsonObject;
}): JsonObject {
  return {
    type: 'object',
    description,
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string', description: 'Group and version of this resource.' },
      kind: { type: 'string', description: `${kind}.` },
      metadata: { type: 'object' },
      ...parts,
    },
  };
}

/** A schema of zod's as that of a field of a CustomResourceDefinition. */
export function fromZod(schema: z.ZodType): JsonObject {
  // What people write, before defaults are filled in: the API server does that.
  return toStructuralSchema(z.toJSONSchema(schema, { io: 'input' }) as JsonObject);
}
