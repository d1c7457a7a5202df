import { z } from 'zod';

const summarySchema = z.object({
  pods: z.array(
    z.object({
      podRef: z.object({ namespace: z.string() }),
      containers: z
        .array(
          z.object({
            name: z.string(),
            cpu: z.object({ usageCoreNanoSeconds: z.number(), time: z.string() }).optional(),
            memory: z.object({ workingSetBytes: z.number() }).optional(),
          }),
        )
        .optional(),
    }),
  ),
});

/** What the containers of a namespace have used so far, and hold now. */
export interface Used {
  containers: number;
  cpuSeconds: number;
  workingSetBytes: number;
}

/** Reads the kubelet's summary (https://kubernetes.io/docs/reference/instrumentation/node-metrics/); others' containers do not count. */
export function usedBy(summary: unknown, namespace: string, container: string): Used {
  const found = summarySchema
    .parse(summary)
    .pods.filter(({ podRef }) => podRef.namespace === namespace)
    .flatMap(({ containers = [] }) => containers.filter(({ name }) => name === container));
  return {
    containers: found.length,
    cpuSeconds: found.reduce((sum, { cpu }) => sum + (cpu?.usageCoreNanoSeconds ?? 0) / 1e9, 0),
    workingSetBytes: found.reduce((sum, { memory }) => sum + (memory?.workingSetBytes ?? 0), 0),
  };
}
