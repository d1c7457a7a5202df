import { z } from 'zod';
import { listOf, longest, mapOf, textOf } from '#contract/bounded.ts';

const anything = z.record(textOf(longest.key), z.unknown());
const texts = mapOf(textOf(longest.key), textOf(longest.argument), 256);

/** What a person may say of a host in a pod (`values.yaml`). Unknown keys are mistakes. */
export const chartValuesSchema = z.strictObject({
  image: z.strictObject({
    repository: textOf(longest.image).min(1).describe('Where the image of the recipe build/image was pushed to.'),
    tag: textOf(longest.token).min(1),
    pullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']),
  }),
  imagePullSecrets: listOf(z.strictObject({ name: textOf(longest.name) }), 16),
  settings: texts.describe(
    'Variables of the host, as in the README: GUILDNET_PUBLIC_URL, WORKSPACE_DOMAIN, LOG_LEVEL and so on.',
  ),
  secretSettings: textOf(longest.name)
    .min(1)
    .describe(
      'A Secret with variables that are secret, such as TS_AUTHKEY and AGENT_DEFAULT_PASSWORD. It need not be there.',
    ),
  service: z.strictObject({
    type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']),
    port: z.int().min(1).max(65_535),
    annotations: texts,
  }),
  persistence: z.strictObject({
    size: textOf(longest.token).regex(/^\d+(?:\.\d+)?(?:[KMGT]i?)?$/),
    storageClass: textOf(longest.name).nullable().optional().describe("null: the cluster's default."),
  }),
  resources: anything,
  nodeSelector: texts,
  tolerations: listOf(anything, 64),
  podAnnotations: texts,
});
export type ChartValues = z.infer<typeof chartValuesSchema>;

/** What counts where nothing is said. `version`: the product's, which the image is tagged with. */
export function defaultValues(version: string): ChartValues {
  return {
    image: { repository: 'guildnet/host', tag: version, pullPolicy: 'IfNotPresent' },
    imagePullSecrets: [],
    settings: {},
    secretSettings: 'guildnet-settings',
    service: { type: 'ClusterIP', port: 443, annotations: {} },
    persistence: { size: '1Gi', storageClass: null },
    resources: { requests: { cpu: '50m', memory: '192Mi' }, limits: { memory: '1Gi' } },
    nodeSelector: {},
    tolerations: [],
    podAnnotations: {},
  };
}

/** The namespace of the plain manifest. */
export const plainNamespace = 'guildnet';
