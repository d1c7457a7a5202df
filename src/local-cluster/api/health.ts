import { request } from 'node:http';
import { connect } from 'node:net';
import type { ClusterPlan } from '../cluster-plan.ts';
import type { HealthProbe } from '../components/component.ts';
import { httpsRequest, readIdentity } from './api-client.ts';

/** Asks a component whether it works: nothing when it does, else why not. That it runs is for the caller to see. */
export async function whyUnhealthy(plan: ClusterPlan, probe: HealthProbe): Promise<string | undefined> {
  try {
    switch (probe.kind) {
      case 'running':
        return undefined;
      case 'socket':
        return await socketAnswers(probe.path);
      case 'http':
        return describe(await httpStatus(`http://${plan.address}:${probe.port}${probe.path}`));
      case 'https': {
        const identity = await readIdentity(plan.paths.pki, probe.authority, probe.client);
        const reply = await httpsRequest(`https://${plan.address}:${probe.port}${probe.path}`, identity, {
          timeoutMs: 2000,
        });
        return describe(reply.status, reply.body);
      }
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function describe(status: number, body = ''): string | undefined {
  return status === 200 ? undefined : `answers ${status} ${body.slice(0, 300)}`.trim();
}

function httpStatus(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, timeout: 2000 }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode ?? 0);
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.once('error', reject);
    outgoing.end();
  });
}

function socketAnswers(path: string): Promise<undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', reject);
  });
}
