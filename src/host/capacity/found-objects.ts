import { z } from 'zod';
import { cutTextOf, listOf, longest, mapOf, openObject, textOf } from '#contract/bounded.ts';
import { podNeedsSchema } from './pod-requests.ts';

const quantities = mapOf(textOf(longest.key), textOf(longest.token), 256);

/** A v1 Node, as far as we look at it. */
export const nodeSchema = openObject({
  metadata: openObject({ name: textOf(longest.name) }),
  spec: openObject({ unschedulable: z.boolean().optional() }).optional(),
  status: openObject({
    allocatable: quantities.optional(),
    conditions: listOf(
      openObject({
        type: textOf(longest.key),
        status: textOf(longest.token),
        message: cutTextOf(longest.reason).optional(),
      }),
      256,
    ).optional(),
    nodeInfo: openObject({
      kubeletVersion: cutTextOf(longest.token).optional(),
      architecture: cutTextOf(longest.token).optional(),
    }).optional(),
  }).optional(),
});
export type FoundNode = z.infer<typeof nodeSchema>;

/** A v1 Pod, as far as we look at it. */
export const podSchema = openObject({
  metadata: openObject({
    name: textOf(longest.name),
    namespace: textOf(longest.name).optional(),
    labels: mapOf(textOf(longest.key), textOf(longest.label), 4_096).optional(),
  }),
  spec: podNeedsSchema.and(openObject({ nodeName: textOf(longest.name).optional() })),
  status: openObject({ phase: textOf(longest.token).optional() }).optional(),
});
export type FoundPod = z.infer<typeof podSchema>;

/** NodeMetrics of metrics.k8s.io/v1beta1. */
export const nodeMetricsSchema = openObject({
  metadata: openObject({ name: textOf(longest.name) }),
  usage: quantities,
});
export type FoundNodeMetrics = z.infer<typeof nodeMetricsSchema>;

/** PodMetrics of metrics.k8s.io/v1beta1. */
export const podMetricsSchema = openObject({
  metadata: openObject({ name: textOf(longest.name) }),
  containers: listOf(openObject({ usage: quantities }), 1_024),
});
export type FoundPodMetrics = z.infer<typeof podMetricsSchema>;
