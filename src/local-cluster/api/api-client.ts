import { readFile } from 'node:fs/promises';
import { request, type Agent } from 'node:https';
import { join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import { serverUrl, type ClusterPlan } from '../cluster-plan.ts';

export interface ApiReply {
  status: number;
  body: string;
}

export interface TlsIdentity {
  ca: Buffer;
  cert?: Buffer;
  key?: Buffer;
}

/** Reads an authority, and the certificate to show to its servers, from the cluster's PKI folder. */
export async function readIdentity(pki: string, authority: string, client?: string): Promise<TlsIdentity> {
  const ca = await readFile(join(pki, `${authority}.crt`));
  if (client === undefined) return { ca };
  const [cert, key] = await Promise.all([readFile(join(pki, `${client}.crt`)), readFile(join(pki, `${client}.key`))]);
  return { ca, cert, key };
}

export interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  timeoutMs?: number;
  agent?: Agent;
}

/** One HTTPS request with the cluster's own certificates. Rejects when there is no answer, whatever the status of one. */
export function httpsRequest(url: string, identity: TlsIdentity, options: RequestOptions = {}): Promise<ApiReply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        ...identity,
        agent: false,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
        timeout: options.timeoutMs ?? 5000,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', reject);
        incoming.once('end', () => {
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
        });
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.once('error', reject);
    outgoing.end(options.body);
  });
}

/** The few calls that bringing a cluster up needs, as its admin. */
export async function apiClient(plan: ClusterPlan) {
  const identity = await readIdentity(plan.paths.pki, 'ca', 'admin');
  const server = serverUrl(plan);
  return {
    async get(path: string): Promise<ApiReply> {
      return await httpsRequest(`${server}${path}`, identity);
    },
    /** Server-side apply. `path` is the object's own, as in `/api/v1/namespaces/x`. */
    async apply(path: string, object: unknown): Promise<void> {
      const reply = await httpsRequest(`${server}${path}?fieldManager=guildnet-local-cluster&force=true`, identity, {
        method: 'PATCH',
        // JSON is YAML, and this is the only content type that means "apply".
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body: JSON.stringify(object),
        timeoutMs: 30_000,
      });
      if (reply.status >= 300) {
        throw new GuildNetError(
          'create_failed',
          `The API server refused ${path} (${reply.status}): ${reply.body.slice(0, 500)}`,
        );
      }
    },
  };
}
