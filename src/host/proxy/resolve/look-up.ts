import type { V1Pod, V1Secret, V1Service } from '@kubernetes/client-node';
import { labels } from '#contract/workspace.ts';
import type { Kube } from '../../kube/clients.ts';
import { hasStatus } from '../../kube/errors.ts';
import { lookUpError } from './look-up-error.ts';
import { withDates } from '../../kube/wire-dates.ts';

/** What the live view does not hold: Services and pods that are not ours, or in other namespaces. Rejects with GuildNetErrors. */
export interface LookUp {
  service(namespace: string, name: string): Promise<V1Service | undefined>;
  /** The Service that carries this value of `guildnet.io/id`, the oldest of several. */
  serviceWithId(id: string): Promise<V1Service | undefined>;
  serviceAt(address: string): Promise<V1Service | undefined>;
  pod(namespace: string, name: string): Promise<V1Pod | undefined>;
  podAt(address: string): Promise<V1Pod | undefined>;
  secret(namespace: string, name: string): Promise<V1Secret | undefined>;
  podsOf(namespace: string, selector: Readonly<Record<string, string>>): Promise<V1Pod[]>;
}

/** An answer serves the burst of requests that a page's load is, and is old before a person notices. */
const freshMs = 2_000;
const maxAnswers = 256;

const seg = encodeURIComponent;

/** Asks the API server, at most once in two seconds for the same thing. */
export function createLookUp({ rest, namespace: ours }: Pick<Kube, 'rest' | 'namespace'>): LookUp {
  const answers = new Map<string, { at: number; answer: Promise<unknown> }>();

  function ask(path: string, query: Record<string, string>): Promise<unknown> {
    const key = `${path}?${JSON.stringify(query)}`;
    const known = answers.get(key);
    if (known !== undefined && performance.now() - known.at < freshMs) return known.answer;
    const answer = rest.json('GET', path, { query });
    answers.delete(key);
    answers.set(key, { at: performance.now(), answer });
    const oldest = answers.keys().next();
    if (answers.size > maxAnswers && oldest.done !== true) answers.delete(oldest.value);
    return answer;
  }

  async function one<T extends object>(path: string, doing: string): Promise<T | undefined> {
    try {
      return withDates(structuredClone((await ask(path, {})) as T));
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw lookUpError(error, doing);
    }
  }

  async function list<T extends object>(path: string, query: Record<string, string>, doing: string): Promise<T[]> {
    try {
      const { items } = (await ask(path, { ...query, limit: '500' })) as { items?: T[] };
      return withDates(structuredClone(items ?? []));
    } catch (error) {
      throw lookUpError(error, doing);
    }
  }

  /** In the whole cluster where that is allowed, otherwise among ours. */
  async function anywhere<T extends object>(what: 'pods' | 'services', fieldSelector: string): Promise<T | undefined> {
    const doing = `looking for ${what} by address`;
    try {
      const { items } = (await ask(`/api/v1/${what}`, { fieldSelector, limit: '500' })) as { items?: T[] };
      return withDates(structuredClone(items ?? []))[0];
    } catch (error) {
      if (!hasStatus(error, 403)) throw lookUpError(error, doing);
    }
    return (await list<T>(`/api/v1/namespaces/${seg(ours)}/${what}`, { fieldSelector }, doing))[0];
  }

  return {
    service: (namespace, name) =>
      one(
        `/api/v1/namespaces/${seg(namespace)}/services/${seg(name)}`,
        `looking for the Service ${name} in ${namespace}`,
      ),
    async serviceWithId(id) {
      const labelSelector = `${labels.id}=${id}`;
      const found = await list<V1Service>(
        `/api/v1/namespaces/${seg(ours)}/services`,
        { labelSelector },
        `looking for the Service of ${id}`,
      );
      const age = ({ metadata }: V1Service): number => metadata?.creationTimestamp?.getTime() ?? 0;
      return found.toSorted((a, b) => age(a) - age(b))[0];
    },
    serviceAt: (address) => anywhere('services', `spec.clusterIP=${address}`),
    pod: (namespace, name) =>
      one(`/api/v1/namespaces/${seg(namespace)}/pods/${seg(name)}`, `looking for the pod ${name} in ${namespace}`),
    podAt: (address) => anywhere('pods', `status.podIP=${address}`),
    secret: (namespace, name) =>
      one(`/api/v1/namespaces/${seg(namespace)}/secrets/${seg(name)}`, `looking for the Secret ${name}`),
    podsOf: (namespace, selector) =>
      list(
        `/api/v1/namespaces/${seg(namespace)}/pods`,
        {
          labelSelector: Object.entries(selector)
            .map(([name, value]) => `${name}=${value}`)
            .join(','),
        },
        `looking for pods in ${namespace}`,
      ),
  };
}
