import { asMap } from './merge.ts';
import type { Plural, Stored } from './stored.ts';

/** What the cluster's own admission makes of the operator's objects; see `docs/decisions/0027`. */
export const housePolicies = ['none', 'images', 'tolerations', 'services'] as const;
export type HousePolicy = (typeof housePolicies)[number];

/** An object as a mutating webhook or policy of the cluster has it, whoever wrote it. */
export function houseAdmission(policy: HousePolicy, plural: Plural, object: Stored): Stored {
  if (policy === 'services' && plural === 'services')
    return { ...object, spec: { ...asMap(object.spec), type: 'NodePort' } };
  if (plural !== 'deployments' || policy === 'none' || policy === 'services') return object;
  const spec = asMap(object.spec);
  const template = asMap(spec['template']);
  const pod = asMap(template['spec']);
  const mended =
    policy === 'images' ? withMirror(pod) : { ...pod, tolerations: [{ key: 'house', operator: 'Exists' }] };
  return { ...object, spec: { ...spec, template: { ...template, spec: mended } } };
}

function withMirror(pod: Record<string, unknown>): Record<string, unknown> {
  const containers = (pod['containers'] ?? []) as Record<string, unknown>[];
  const mirrored = (image: unknown): string => `mirror.local/${String(image).replace(/^mirror\.local\//, '')}`;
  return { ...pod, containers: containers.map((one) => ({ ...one, image: mirrored(one['image']) })) };
}
