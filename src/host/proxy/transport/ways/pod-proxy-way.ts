import { duplexPair } from 'node:stream';
import type { ClusterAccess } from '../../../kube/access/cluster-access.ts';
import { forwardByStream } from '../forward-by-stream.ts';
import { podProxyBridge } from '../pod-proxy/bridge.ts';
import { podKey } from '../pod-key.ts';
import { TunnelError } from '../tunnel-error.ts';
import type { Way, WayListener } from './way.ts';

/** The API server's `pods/proxy` subresource as a tunnel, for HTTP/1.1 alone. What it costs is in `losses.ts`. */
export function podProxyWay(access: ClusterAccess, on: WayListener): Way {
  const bridge = podProxyBridge(access, {
    answered: () => on.works(),
    denied: () => on.blocked('The cluster does not allow it to us.'),
  });
  /** How to end each tunnel, by its pod. */
  const open = new Map<string, Set<(error: Error) => void>>();

  function end(pod: string): void {
    for (const fail of open.get(pod) ?? []) fail(new TunnelError('lost', 'The connection to the cluster was closed.'));
  }

  return {
    kind: 'pod-proxy',
    proves: false,
    ready: () => undefined,
    // Whether it leads there shows with the first request: to ask for nothing would still be a request to the program.
    prepare: (target) =>
      Promise.resolve({
        halfCloses: false,
        begin(listener) {
          const [near, far] = duplexPair();
          let over = false;
          const first = (tell: () => void): void => {
            if (!over) tell();
            over = true;
          };
          const forward = forwardByStream(near, {
            ...listener,
            end: () => first(() => listener.end()),
            fail: (error) => first(() => listener.fail(error)),
          });
          // Not by the pair: its other end would be given the error, too, and TLS on it has nobody to tell it to.
          const fail = (error: Error): void => {
            first(() => listener.fail(error));
            near.destroy();
          };
          const key = podKey(target);
          const own = open.get(key) ?? new Set();
          open.set(key, own.add(fail));
          near.once('close', () => {
            own.delete(fail);
            if (own.size === 0 && open.get(key) === own) open.delete(key);
            far.destroy();
          });
          bridge.serve(far, target, fail);
          return forward;
        },
        discard: () => undefined,
      }),
    forget: (pod) => end(podKey(pod)),
    close() {
      for (const pod of open.keys()) end(pod);
      bridge.close();
    },
  };
}
