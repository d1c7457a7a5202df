import { z } from 'zod';
import { openObject } from '#contract/bounded.ts';
import type { Finding } from '#contract/doctor.ts';
import { hasStatus } from '../../kube/errors.ts';
import { failed, ok, skipped } from '../check.ts';
import type { Check } from '../check.ts';
import { withoutCluster } from './cluster.ts';

/** What was found under the namespace's name. */
export type FoundNamespace = 'there' | 'going' | 'missing' | 'hidden';

/** Pure. */
export function judgeNamespace(name: string, found: FoundNamespace): Finding {
  switch (found) {
    case 'there':
      return ok(`The namespace "${name}" is there.`);
    case 'going':
      return failed(
        `The namespace "${name}" is being deleted, and all in it.`,
        'Use another one: set GUILDNET_NAMESPACE.',
      );
    case 'missing':
      return failed(
        `There is no namespace "${name}".`,
        `Create it: kubectl create namespace ${name}. Or set GUILDNET_NAMESPACE.`,
      );
    case 'hidden':
      return skipped(`Whether there is a namespace "${name}" may not be seen.`);
  }
}

const namespaceSchema = openObject({ metadata: openObject({ deletionTimestamp: z.unknown().optional() }) });

export const namespace: Check = {
  id: 'namespace',
  title: 'Namespace',
  inapplicable: withoutCluster,
  check: async (patient, signal) => {
    const { rest, namespace: name } = await patient.kube();
    try {
      const object = await rest.json('GET', `/api/v1/namespaces/${encodeURIComponent(name)}`, { signal });
      const { metadata } = namespaceSchema.parse(object);
      return [judgeNamespace(name, metadata.deletionTimestamp === undefined ? 'there' : 'going')];
    } catch (error) {
      if (hasStatus(error, 404)) return [judgeNamespace(name, 'missing')];
      if (hasStatus(error, 403)) return [judgeNamespace(name, 'hidden')];
      throw error;
    }
  },
};
