import { z } from 'zod';
import { longest, textOf } from '../bounded.ts';
import { objectName, oneOf, quantity, rules } from './schema-parts.ts';

const keyRef = (kind: string) =>
  z
    .object({
      name: objectName.describe(`Name of the ${kind}, in the workspace's namespace.`),
      key: textOf(longest.name).min(1).describe(`The key whose value is taken.`),
      optional: z.boolean().optional().describe(`true: the variable is left out where the ${kind} or key is missing.`),
    })
    .describe(`A key of a ${kind}.`);

export const envVar = z
  .object({
    name: textOf(longest.name)
      .min(1)
      .regex(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/)
      .describe('Name of the variable: letters, digits, "-", "_" and ".", not beginning with a digit.'),
    value: textOf(longest.argument).optional().describe('Its value. For what is secret take valueFrom.'),
    valueFrom: z
      .object({
        secretKeyRef: keyRef('Secret').optional(),
        configMapKeyRef: keyRef('ConfigMap').optional(),
        fieldRef: z
          .object({
            fieldPath: textOf(512).min(1).describe('The field, such as metadata.name or status.podIP.'),
            apiVersion: textOf(63).optional().describe('Version of the schema that the path is of; v1 by default.'),
          })
          .optional()
          .describe('A field of the pod.'),
        resourceFieldRef: z
          .object({
            resource: textOf(longest.name).min(1).describe('The resource, such as limits.memory.'),
            containerName: textOf(longest.label).optional().describe('The container; this one by default.'),
            divisor: quantity.optional().describe('What it is counted in; 1 by default.'),
          })
          .optional()
          .describe('A request or limit of the container.'),
      })
      .meta(
        rules(
          oneOf(
            ['secretKeyRef', 'configMapKeyRef', 'fieldRef', 'resourceFieldRef'],
            'valueFrom names exactly one source: secretKeyRef, configMapKeyRef, fieldRef or resourceFieldRef',
          ),
        ),
      )
      .optional()
      .describe('Where the value comes from when the pod starts.'),
  })
  .meta(
    rules({
      rule: '!(has(self.value) && has(self.valueFrom))',
      message: 'an env entry has value or valueFrom, not both',
    }),
  );

const wholeRef = (kind: string) =>
  z
    .object({
      name: objectName.describe(`Name of the ${kind}, in the workspace's namespace.`),
      optional: z.boolean().optional().describe(`true: the workspace starts without the ${kind}, too.`),
    })
    .describe(`All keys of a ${kind}.`);

export const envFromSource = z
  .object({
    prefix: textOf(longest.name).optional().describe('Put before the name of every key.'),
    secretRef: wholeRef('Secret').optional(),
    configMapRef: wholeRef('ConfigMap').optional(),
  })
  .meta(rules(oneOf(['secretRef', 'configMapRef'], 'an envFrom entry has either secretRef or configMapRef')));
