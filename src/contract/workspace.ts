import { z } from 'zod';

/**
 * The Workspace resource (guildnet.io/v1alpha1): the one schema from which its types and the CRD file come.
 * Constraints that JSON Schema cannot say sit in `meta({'x-kubernetes-validations': …})` as CEL and are enforced by the
 * API server (https://kubernetes.io/docs/reference/using-api/cel/).
 */
export const workspaceGroup = 'guildnet.io';
export const workspaceVersion = 'v1alpha1';
export const workspacePlural = 'workspaces';
export const workspaceKind = 'Workspace';
export const workspaceApiVersion = `${workspaceGroup}/${workspaceVersion}`;

/** Labels of everything that belongs to a Workspace (specification, "Workspace Launch Flow"). */
export const labels = { managed: 'guildnet.io/managed', id: 'guildnet.io/id' } as const;

const envName = String.raw`^[-._a-zA-Z][-._a-zA-Z0-9]*$`;
const quantity = z.string().regex(/^([0-9]+|[0-9]*\.[0-9]+)(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei)?$/);
const keyRef = z.object({ name: z.string().min(1), key: z.string().min(1), optional: z.boolean().optional() });

const envVar = z
  .object({
    name: z.string().min(1).max(253).regex(new RegExp(envName)),
    value: z.string().optional(),
    valueFrom: z
      .object({
        secretKeyRef: keyRef.optional(),
        configMapKeyRef: keyRef.optional(),
        fieldRef: z.object({ fieldPath: z.string().min(1), apiVersion: z.string().optional() }).optional(),
        resourceFieldRef: z
          .object({ resource: z.string().min(1), containerName: z.string().optional(), divisor: z.string().optional() })
          .optional(),
      })
      .optional(),
  })
  .meta({
    'x-kubernetes-validations': [
      { rule: '!(has(self.value) && has(self.valueFrom))', message: 'an env entry has value or valueFrom, not both' },
    ],
  });

const envFromSource = z.object({
  prefix: z.string().optional(),
  secretRef: z.object({ name: z.string().min(1), optional: z.boolean().optional() }).optional(),
  configMapRef: z.object({ name: z.string().min(1), optional: z.boolean().optional() }).optional(),
});

const port = z.object({
  containerPort: z.int().min(1).max(65535),
  name: z
    .string()
    .min(1)
    .max(15)
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
    .optional(),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP').optional(),
});

const resources = z.object({
  requests: z.record(z.string(), quantity).optional(),
  limits: z.record(z.string(), quantity).optional(),
});

const exposure = z
  .object({
    type: z.enum(['ClusterIP', 'LoadBalancer', 'Ingress']).default('ClusterIP').optional(),
    domain: z.string().min(1).max(253).optional(),
    ingressClass: z.string().min(1).max(253).optional(),
    tlsIssuer: z.string().min(1).max(253).optional(),
  })
  .meta({
    'x-kubernetes-validations': [
      { rule: "!has(self.type) || self.type != 'Ingress' || has(self.domain)", message: 'an Ingress needs a domain' },
    ],
  });

const toleration = z.object({
  key: z.string().optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
  tolerationSeconds: z.int().optional(),
});

const duration = z.string().regex(/^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/);

export const workspaceSpecSchema = z.object({
  image: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[^\s]+$/)
    .describe('Container image to run. Required.'),
  command: z.array(z.string()).max(256).optional(),
  args: z.array(z.string()).max(256).optional(),
  env: z
    .array(envVar)
    .max(512)
    .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] })
    .optional(),
  envFrom: z.array(envFromSource).max(64).optional(),
  ports: z
    .array(port)
    .max(64)
    .meta({
      'x-kubernetes-validations': [
        {
          rule: 'self.all(p, self.exists_one(q, q.containerPort == p.containerPort))',
          message: 'port numbers are unique',
        },
        {
          rule: 'self.all(p, !has(p.name) || self.exists_one(q, has(q.name) && q.name == p.name))',
          message: 'port names are unique',
        },
      ],
    })
    .optional(),
  resources: resources.optional(),
  exposure: exposure.optional(),
  running: z
    .boolean()
    .default(true)
    .describe('false stops the workspace: scaled to zero, everything else kept.')
    .optional(),
  home: z
    .object({
      size: quantity.default('10Gi').optional(),
      storageClass: z.string().max(253).optional(),
      mountPath: z.string().min(1).max(1024).regex(/^\//).optional(),
      retain: duration.optional(),
    })
    .optional(),
  imagePullSecrets: z
    .array(z.object({ name: z.string().min(1) }))
    .max(32)
    .optional(),
  serviceAccountName: z.string().max(253).optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: z.array(toleration).max(64).optional(),
  idle: z.object({ stopAfter: duration.optional() }).optional(),
  ttl: duration.optional(),
  probes: z.enum(['default', 'slow', 'none']).default('default').optional(),
  owner: z.string().max(253).optional(),
});
export type WorkspaceSpec = z.infer<typeof workspaceSpecSchema>;

export const phases = ['Pending', 'Starting', 'Running', 'Stopped', 'Failed', 'Terminating'] as const;
export const phaseSchema = z.enum(phases);
export type Phase = z.infer<typeof phaseSchema>;

/** The standard condition shape (metav1.Condition). */
export const conditionSchema = z.object({
  type: z.string().min(1).max(316),
  status: z.enum(['True', 'False', 'Unknown']),
  observedGeneration: z.int().min(0).optional(),
  lastTransitionTime: z.iso.datetime().meta({ format: 'date-time' }),
  reason: z.string().min(1).max(1024),
  message: z.string().max(32768),
});
export type Condition = z.infer<typeof conditionSchema>;

/** Why a workspace does not run: a machine reason, what happened, and what to do. */
export const failureSchema = z.object({
  reason: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
});
export type Failure = z.infer<typeof failureSchema>;

export const workspaceStatusSchema = z.object({
  phase: phaseSchema.optional(),
  readyReplicas: z.int32().min(0).optional(),
  serviceDNS: z.string().optional(),
  serviceIP: z.string().optional(),
  externalURL: z.string().optional(),
  proxyTarget: z.string().optional(),
  podName: z.string().optional(),
  lastActivity: z.iso.datetime().meta({ format: 'date-time' }).optional(),
  lastError: failureSchema.optional(),
  observedGeneration: z.int().min(0).optional(),
  conditions: z
    .array(conditionSchema)
    .max(32)
    .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['type'] })
    .optional(),
});
export type WorkspaceStatus = z.infer<typeof workspaceStatusSchema>;

/** The part of Kubernetes' ObjectMeta that we read. */
export const objectMetaSchema = z.looseObject({
  name: z.string(),
  namespace: z.string(),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.number().optional(),
  creationTimestamp: z.union([z.string(), z.date()]).optional(),
  deletionTimestamp: z.union([z.string(), z.date()]).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  finalizers: z.array(z.string()).optional(),
});

/** A Workspace as the API server hands it out. Unknown fields (of a newer CRD) pass through unread. */
export const workspaceSchema = z.looseObject({
  apiVersion: z.literal(workspaceApiVersion).optional(),
  kind: z.literal(workspaceKind).optional(),
  metadata: objectMetaSchema,
  spec: workspaceSpecSchema,
  status: workspaceStatusSchema.optional(),
});
export type Workspace = z.infer<typeof workspaceSchema>;
