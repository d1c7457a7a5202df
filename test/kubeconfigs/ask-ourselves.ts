import pino from 'pino';
import { z } from 'zod';
import { GuildNetError } from '#contract/errors.ts';
import { createClusterAccess } from '#host/kube/access/cluster-access.ts';
import { createKube } from '#host/kube/clients.ts';
import type { Kube } from '#host/kube/clients.ts';
import { fromKubeError } from '#host/kube/errors.ts';
import { loadKubeconfig } from '#host/kube/kubeconfig/load.ts';
import { createPluginRegistry } from '#host/kube/plugins/plugin-registry.ts';
import { StatusError, TransportError, networkReason } from '#host/kube/transport-error.ts';
import { dialChannels } from '#host/proxy/transport/dial-channels.ts';
import { dialSpdy } from '#host/proxy/transport/spdy/dial.ts';
import { TunnelError } from '#host/proxy/transport/tunnel-error.ts';
import { accessReview, answerOf, selfSubjectReviewSchema } from './answer.ts';
import type { Answer, Failure } from './answer.ts';

const accessSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/** What became of a watch and of tunnels to a pod that is not there, by both protocols. */
export interface OtherWays {
  watch: number;
  tunnels: string[];
}

/** Asks by our own loader who one is and whether one may forward ports; and tries the other ways to the API server. */
export async function askOurselves(
  env: NodeJS.ProcessEnv,
  namespace: string,
): Promise<{ answer: Answer; ways?: OtherWays }> {
  const plugins = createPluginRegistry({ env, atTerminal: () => false });
  let kube: Kube | undefined;
  try {
    const access = createClusterAccess(await loadKubeconfig(env['KUBECONFIG'] ?? ''), { plugins, env });
    kube = createKube(access, { namespace, version: 'unknown' });
    const { rest } = kube;
    const ask = (group: string, plural: string, body: object): Promise<unknown> =>
      rest.json('POST', `/apis/${group}/v1/${plural}`, { body, headersTimeoutMs: 10_000 });
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
    const who = selfSubjectReviewSchema.parse(await ask('authentication.k8s.io', 'selfsubjectreviews', review));
    const may = accessSchema.parse(
      await ask('authorization.k8s.io', 'selfsubjectaccessreviews', accessReview(namespace)),
    );
    const target = { namespace, pod: 'none', port: 80 };
    const tunnels = [dialSpdy(access, target), dialChannels(access, target)].map((tunnel) =>
      tunnel.then(
        () => 'open',
        (error: unknown) => (error instanceof TunnelError ? error.failure : String(error)),
      ),
    );
    const ways = { watch: await watchStatus(kube), tunnels: await Promise.all(tunnels) };
    return { answer: answerOf(who, may.status.allowed), ways };
  } catch (error) {
    const shown = fromKubeError(error, 'asking who one is');
    // With all that the log would have of it.
    const logged = JSON.stringify(pino.stdSerializers.err(shown));
    const said = [shown.message, shown.remedy ?? 'no remedy', logged].join('\n');
    return { answer: { kind: failureOf(error), said } };
  } finally {
    kube?.close();
    plugins.close();
  }
}

async function watchStatus({ rest, namespace }: Kube): Promise<number> {
  try {
    const query = { watch: true, timeoutSeconds: 1 };
    (await rest.stream(`/api/v1/namespaces/${namespace}/pods`, { query })).destroy();
    return 200;
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof StatusError && error.status === 401) return 'unauthorized';
  if (error instanceof StatusError && error.status === 403) return 'forbidden';
  // A port that speaks no TLS is told with TLS's words, and is no matter of certificates.
  if (error instanceof TransportError) {
    const untrusted = networkReason(error.code)?.tls === true && error.code !== 'EPROTO';
    return untrusted || error.code === 'EPROXYCERT' ? 'certificate' : 'unreachable';
  }
  if (error instanceof GuildNetError) {
    if ('program' in error.details) return 'credentials';
    if (error.code === 'bad_config' || error.code === 'no_cluster') return 'config';
  }
  throw error;
}
