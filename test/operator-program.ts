import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { z } from 'zod';
import { connectKube } from '#host/kube/kube.ts';
import { createWorld } from '#host/kube/world.ts';
import { createLog } from '#host/observability/log.ts';
import { operatorConfigSchema } from '#host/operator/config.ts';
import { createOperator } from '#host/operator/operator.ts';
import { defaultTiming } from '#host/operator/leader/election.ts';

/**
 * For tests: an operator in a process of its own, which can be stopped, killed and frozen. Arguments: kubeconfig, namespace and, as
 * JSON, the timing of its lease, then the number of the write after which it freezes itself. It tells its leadership, and every write
 * that Node really sent, as JSON lines on stdout.
 */
const [kubeconfig = '', namespace = '', timing = JSON.stringify(defaultTiming), freezeAt = '0'] = process.argv.slice(2);
const timingSchema = z.object({ leaseMs: z.number(), renewMs: z.number(), retryMs: z.number() });

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify({ ...line, at: Date.now() })}\n`);
};
let sent = 0;
subscribe('http.client.request.start', (message) => {
  const { method, path } = (message as { request: ClientRequest }).request;
  if (method === 'GET' || path.includes('/leases') || path.includes('selfsubjectaccessreviews')) return;
  say({ type: 'write', method, path: path.split('?')[0] });
  sent += 1;
  if (sent === Number(freezeAt)) process.kill(process.pid, 'SIGSTOP');
});

const log = createLog({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' });
const kube = await connectKube({ kind: 'kubeconfig', path: kubeconfig }, { namespace });
const world = createWorld(kube, log);
const operator = createOperator({
  kube,
  world,
  config: operatorConfigSchema.parse({}),
  log,
  timing: timingSchema.parse(JSON.parse(timing)),
});
operator.onLeadership(({ self, holder }) => say({ type: 'leadership', self, holder }));
world.start();
operator.start();
await world.synced();
say({ type: 'watching' });

process.once('SIGTERM', () => {
  void (async () => {
    await operator.stop();
    await world.stop();
    kube.close();
  })();
});
