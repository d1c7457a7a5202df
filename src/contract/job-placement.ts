import { z } from 'zod';
import { listOf, longest, mapOf, textOf } from './bounded.ts';
import { envFromSource } from './spec/env.ts';
import { toleration } from './spec/toleration.ts';

/** Longer than what it may hold: the checks behind say in better words what is wrong with one that is only a little too long. */
const field = textOf(2_048);

/**
 * What a launch may say beside what the original's job had: where it runs, as whom, what it may read, and how it is reached. Each is the
 * field of that name in the Workspace's spec. What of it reaches beyond the workspace is for a grant to name (record 37).
 */
export const jobPlacementFields = {
  command: listOf(textOf(longest.argument), 256)
    .optional()
    .describe("The program, in place of the image's entry point."),
  envFrom: listOf(envFromSource, 64).optional().describe('Secrets and ConfigMaps whose keys become variables.'),
  exposure: z
    .strictObject({
      type: field.optional(),
      domain: field.optional(),
      ingressClass: field.optional(),
      tlsIssuer: field.optional(),
    })
    .optional()
    .describe("How it is reached beside GuildNet's proxy: ClusterIP, LoadBalancer or Ingress."),
  nodeSelector: mapOf(field, field, 64).optional().describe('Labels that its node must have.'),
  tolerations: listOf(toleration, 64).optional().describe('Taints of nodes that it bears.'),
  serviceAccountName: field.optional().describe('ServiceAccount whose token it gets; none by default.'),
  imagePullSecrets: listOf(z.strictObject({ name: field }), 32)
    .optional()
    .describe('Secrets to pull the image with.'),
  owner: field.optional().describe('Whose it is, where that is not who launches it: for who has admin.'),
};
