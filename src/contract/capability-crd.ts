import { commonLabels } from './app-labels.ts';
import { capabilityKind, capabilityPlural, capabilitySpecSchema } from './capability.ts';
import { column, crdRevisionAnnotation, fromZod, objectSchema } from './crd.ts';
import type { JsonObject } from './json-schema.ts';
import { workspaceGroup, workspaceVersion } from './workspace.ts';

export const capabilityCrdName = `${capabilityPlural}.${workspaceGroup}`;

/** Counts the changes of this CRD, as `crdRevision` those of the Workspace's. */
export const capabilityRevision = 2;

/** The Capability's CustomResourceDefinition, generated from the zod schemas of `capability.ts`. */
export function capabilityCrd(): JsonObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: capabilityCrdName,
      labels: commonLabels,
      annotations: { [crdRevisionAnnotation]: String(capabilityRevision) },
    },
    spec: {
      group: workspaceGroup,
      scope: 'Namespaced',
      names: {
        kind: capabilityKind,
        listKind: `${capabilityKind}List`,
        plural: capabilityPlural,
        singular: 'capability',
        shortNames: ['gcap'],
        // Not among `kubectl get guildnet`: that is for what people work with.
      },
      versions: [
        {
          name: workspaceVersion,
          served: true,
          storage: true,
          additionalPrinterColumns: [
            column('Actions', '.spec.actions'),
            column('Subjects', '.spec.subjects[*].name'),
            column('Age', '.metadata.creationTimestamp', { type: 'date' }),
          ],
          schema: {
            openAPIV3Schema: objectSchema({
              kind: capabilityKind,
              description: 'Who may do what with the workspaces of this namespace.',
              spec: { ...fromZod(capabilitySpecSchema), description: 'Who, what, and within which limits.' },
            }),
          },
        },
      ],
    },
  };
}
