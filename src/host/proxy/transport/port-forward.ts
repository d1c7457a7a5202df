import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { KubeConfig } from '@kubernetes/client-node';
import WebSocket from 'ws';
import { z } from 'zod';
import { cutTextOf, longest } from '#contract/bounded.ts';
import { ChannelStream } from './channel-stream.ts';
import type { Transport, TunnelTarget } from './transport.ts';
import { refusedUpgrade, TunnelError } from './tunnel-error.ts';

const protocol = 'v4.channel.k8s.io';
const handshakeTimeout = 10_000;
/** A peer that vanished without a word is noticed by TCP's probes. */
const keepAliveDelay = 15_000;

const statusSchema = z.object({ message: cutTextOf(longest.message) });

async function reasonOf(response: IncomingMessage): Promise<string> {
  const body = await text(response);
  try {
    return statusSchema.parse(JSON.parse(body)).message;
  } catch {
    // Not a Kubernetes Status: a proxy in between, perhaps.
    return body.slice(0, 200).trim();
  }
}

function forwardUrl(server: string, { namespace, pod, port }: TunnelTarget): string {
  const base = server.replace(/\/$/, '').replace(/^http/, 'ws');
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward`;
  return `${base}${path}?ports=${String(port)}`;
}

/**
 * Tunnels through the API server's port-forward subresource, one WebSocket each: works wherever `kubectl port-forward`
 * works, and every byte arrives as it was sent. (client-node's PortForward has neither back-pressure nor a way to learn
 * of the end or a failure of the far side.)
 */
export function portForwardTransport(config: KubeConfig): Transport {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new TypeError('The kubeconfig has no current cluster.');

  async function dial(target: TunnelTarget): Promise<WebSocket> {
    const options: WebSocket.ClientOptions = {};
    try {
      await config.applyToHTTPSOptions(options);
    } catch (error) {
      throw new TunnelError('unauthorized', 'The credentials for the cluster could not be had.', error);
    }
    const socket = new WebSocket(forwardUrl(server ?? '', target), protocol, {
      ...options,
      handshakeTimeout,
      // Channels carry what is mostly compressed already, and ordering costs.
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    socket.on('upgrade', (response) => {
      response.socket.setKeepAlive(true, keepAliveDelay);
      response.socket.setNoDelay(true);
    });
    socket.on('unexpected-response', (_request, response) => {
      const refuse = (message: string): void => {
        socket.emit('error', refusedUpgrade(response.statusCode ?? 0, message));
        socket.terminate();
      };
      reasonOf(response).then(refuse, (error: unknown) => refuse(String(error)));
    });
    return socket;
  }

  return { open: (target) => new ChannelStream(() => dial(target)) };
}
