import type { Finding } from '#contract/doctor.ts';
import type { Failure } from '#contract/workspace.ts';
import { labels } from '#contract/workspace.ts';
import type { V1Secret } from '@kubernetes/client-node';
import { hasWellKnownPassword, passwordNote } from '../../cluster/well-known-password.ts';
import type { Kube } from '../../kube/clients.ts';
import { hasStatus } from '../../kube/errors.ts';
import { listAll } from '../../kube/list-watch.ts';
import { parseWorkspace } from '../../kube/workspace-object.ts';
import type { ObservedWorkspace } from '../../kube/workspace-object.ts';
import { workspacePaths } from '../../kube/workspace-paths.ts';
import { passwordSecretName } from '../../operator/desired/password.ts';
import { imageReasons } from '../../operator/failures/image.ts';
import { generatedEntries } from '../../sign-in/generated-secret.ts';
import { ok, skipped, warning } from '../check.ts';
import type { Check } from '../check.ts';
import { withoutCluster } from './cluster.ts';

/** One finding for each workspace whose image does not come. Pure. */
export function judgePulls(workspaces: readonly { name: string; lastError: Failure | undefined }[]): Finding[] {
  const failing = workspaces.flatMap(({ name, lastError }) =>
    lastError !== undefined && imageReasons.includes(lastError.reason) ? [{ name, lastError }] : [],
  );
  if (failing.length === 0) return [ok('The images of all workspaces can be pulled, as far as they were wanted.')];
  return failing.map(({ name, lastError }) =>
    warning(`${name}: ${lastError.message}`, lastError.remedy ?? `See: guildnet status ${name}`),
  );
}

/** Those of a cluster, listed once for both checks; until the later of them is given up. */
const lists = new WeakMap<Kube, Promise<ObservedWorkspace[] | undefined>>();

function listed(kube: Kube, signal: AbortSignal): Promise<ObservedWorkspace[] | undefined> {
  const known = lists.get(kube);
  if (known !== undefined) return known;
  const list = listNow(kube, signal);
  lists.set(kube, list);
  return list;
}

/** `undefined`: they may not be listed, or the cluster does not know them. */
async function listNow({ rest, namespace }: Kube, signal: AbortSignal): Promise<ObservedWorkspace[] | undefined> {
  try {
    const { items } = await listAll(rest, { path: workspacePaths(namespace).collection }, signal);
    return items.map(parseWorkspace).flatMap((parsed) => ('value' in parsed ? [parsed.value] : []));
  } catch (error) {
    if (hasStatus(error, 403) || hasStatus(error, 404)) return undefined;
    throw error;
  }
}

const unseen = skipped('The workspaces may not be listed, or the cluster does not have the resource yet.');

export const images: Check = {
  id: 'images',
  title: 'Images',
  inapplicable: withoutCluster,
  check: async (patient, signal) => {
    const found = await listed(await patient.kube(), signal);
    if (found === undefined) return [unseen];
    return judgePulls(found.map(({ metadata, status }) => ({ name: metadata.name, lastError: status?.lastError })));
  },
};

export const passwords: Check = {
  id: 'passwords',
  title: 'Passwords',
  inapplicable: withoutCluster,
  check: async (patient, signal) => {
    const config = patient.operator;
    if (config === undefined) return [skipped('The configuration cannot be read.')];
    const kube = await patient.kube();
    const found = await listed(kube, signal);
    if (found === undefined) return [unseen];
    const generated = await generatedSecrets(kube, signal);
    const known = found.filter((one) =>
      hasWellKnownPassword(one, config, generated.has(passwordSecretName(one.metadata.name))),
    );
    const notes = passwordNote(new Set(known.map(({ metadata }) => metadata.name)));
    if (notes.length === 0) return [ok('No workspace has the password that everybody knows.')];
    return notes.map(({ message, remedy }) => warning(message, remedy ?? ''));
  },
};

/** Names of the Secrets whose passwords are random; none where they may not be listed. */
async function generatedSecrets({ rest, namespace }: Kube, signal: AbortSignal): Promise<Set<string>> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`;
  try {
    const { items } = await listAll(rest, { path, labelSelector: `${labels.managed}=true` }, signal);
    const secrets = items as V1Secret[];
    return new Set(secrets.flatMap((one) => (generatedEntries(one) === undefined ? [] : [one.metadata?.name ?? ''])));
  } catch (error) {
    if (hasStatus(error, 403)) return new Set();
    throw error;
  }
}
