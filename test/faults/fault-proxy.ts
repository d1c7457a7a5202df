import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { deriveKubeconfig } from '../kube/kubeconfig.ts';
import { noFaults, planFaults } from './fault-plan.ts';
import type { Fault, FaultRates } from './fault-plan.ts';
import { spoilStream } from './spoil-stream.ts';

/** An HTTP proxy on loopback in front of a real API server, that makes things go wrong by a seed. */
export interface FaultProxy extends AsyncDisposable {
  /** Points at the proxy; it authenticates by itself, as the user of the kubeconfig it was made from. */
  kubeconfigPath: string;
  /** From now on; `noFaults` lets everything through. Watches that are silent stay so. */
  rates: FaultRates;
  /** How often each thing went wrong. */
  readonly suffered: Readonly<Record<Fault['kind'], number>>;
}

export async function startFaultProxy(kubeconfigPath: string, seed: number): Promise<FaultProxy> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigPath);
  const target = new URL(config.getCurrentCluster()?.server ?? '');
  const options: https.RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { cert, key, ca } = options;
  const agent = new https.Agent({ cert, key, ca, keepAlive: true });
  const plan = planFaults(seed);
  let rates = noFaults;
  const suffered = {
    none: 0,
    drop: 0,
    'lose answer': 0,
    answer: 0,
    delay: 0,
    cut: 0,
    silence: 0,
    repeat: 0,
    late: 0,
  } satisfies Record<Fault['kind'], number>;

  const forward = (from: IncomingMessage, to: ServerResponse, fault: Fault): void => {
    const headers = { ...from.headers, host: target.host };
    const { method, url: path } = from;
    const outgoing = https.request({ agent, host: target.hostname, port: target.port, method, path, headers });
    outgoing.on('error', () => to.destroy());
    outgoing.on('response', (answer) => {
      if (fault.kind === 'lose answer') {
        answer.resume();
        to.destroy();
        return;
      }
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      to.flushHeaders();
      answer.on('error', () => to.destroy());
      spoilStream(answer, to, fault);
    });
    to.on('close', () => outgoing.destroy());
    from.pipe(outgoing);
  };
  const serve = async (from: IncomingMessage, to: ServerResponse): Promise<void> => {
    const watch = /[?&]watch=true/.test(from.url ?? '');
    const fault = plan({ method: from.method ?? 'GET', watch }, rates);
    suffered[fault.kind] += 1;
    if (fault.kind === 'drop') {
      from.socket.destroy();
    } else if (fault.kind === 'answer') {
      from.resume();
      refuse(to, fault.status);
    } else {
      if (fault.kind === 'delay') await delay(fault.milliseconds);
      forward(from, to, fault);
    }
  };
  const server = createServer((from, to) => {
    to.on('error', () => to.destroy());
    serve(from, to).catch(() => to.destroy());
  });
  // What is cut here is cut on purpose.
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = (server.address() as AddressInfo).port;
  const file = await deriveKubeconfig(kubeconfigPath, {
    cluster: { server: `http://127.0.0.1:${port}` },
    user: {},
  });
  return {
    kubeconfigPath: file.path,
    get rates() {
      return rates;
    },
    set rates(next) {
      rates = next;
    },
    suffered,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
      await file[Symbol.asyncDispose]();
    },
  };
}

const reasons = { 409: 'Conflict', 410: 'Expired', 429: 'TooManyRequests', 500: 'InternalError' } as const;

/** As the API server says it. */
function refuse(to: ServerResponse, code: keyof typeof reasons): void {
  const body = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code,
    reason: reasons[code],
    message: 'on purpose',
  };
  to.writeHead(code, { 'content-type': 'application/json', ...(code === 429 ? { 'retry-after': '1' } : {}) });
  to.end(JSON.stringify(body));
}
