import { z } from 'zod';
import { cutTextOf, listOf, longest, textOf, timeText } from './bounded.ts';

export const phases = ['Pending', 'Starting', 'Running', 'Stopped', 'Failed', 'Terminating'] as const;
export const phaseSchema = z.enum(phases);
export type Phase = z.infer<typeof phaseSchema>;

/** The standard condition shape (metav1.Condition). */
export const conditionSchema = z.object({
  type: textOf(316).min(1).describe('What it is about, such as Ready.'),
  status: z.enum(['True', 'False', 'Unknown']).describe('Whether it holds.'),
  observedGeneration: z.int().min(0).optional().describe('Generation of the spec that it speaks of.'),
  lastTransitionTime: timeText.describe('Since when the status is what it is.'),
  reason: cutTextOf(longest.reason).min(1).describe('Why, in one word for programs.'),
  message: cutTextOf(longest.message).describe('Why, for people.'),
});
export type Condition = z.infer<typeof conditionSchema>;

/** Why a workspace does not run: a machine reason, what happened, and what to do. */
export const failureSchema = z.object({
  reason: cutTextOf(longest.reason).describe('The kind of failure, in one word for programs.'),
  message: cutTextOf(longest.message).describe('What happened and why.'),
  remedy: cutTextOf(longest.message).optional().describe('What to do about it.'),
});
export type Failure = z.infer<typeof failureSchema>;

export const workspaceStatusSchema = z.object({
  phase: phaseSchema.optional().describe('Where it stands, in one word.'),
  readyReplicas: z.int32().min(0).optional().describe('Pods that are ready: 1 while it runs, 0 otherwise.'),
  serviceDNS: cutTextOf(longest.name).optional().describe('Name of its Service in the cluster.'),
  serviceIP: cutTextOf(longest.label).optional().describe('Address of its Service in the cluster.'),
  externalURL: cutTextOf(longest.url)
    .optional()
    .describe("Where it is reached beside GuildNet's proxy: by load balancer or Ingress."),
  proxyTarget: cutTextOf(longest.reason).optional().describe('What the proxy connects to.'),
  podName: cutTextOf(longest.name).optional().describe('The pod that counts.'),
  nodeName: cutTextOf(longest.name).optional().describe('The node that the pod is on.'),
  lastActivity: timeText.optional().describe('When somebody last used it.'),
  lastError: failureSchema.optional().describe('Why it does not run.'),
  observedGeneration: z.int().min(0).optional().describe('Generation of the spec that this status speaks of.'),
  conditions: listOf(conditionSchema, 32)
    .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['type'] })
    .optional()
    .describe('What holds and what does not, in the standard shape.'),
});
export type WorkspaceStatus = z.infer<typeof workspaceStatusSchema>;
