import type { Kube } from '../kube/kube.ts';
import type { World } from '../kube/world.ts';
import { systemClock } from '../kube/clock.ts';
import type { Clock } from '../kube/clock.ts';
import { chooseOwnPod } from '../proxy/resolve/choose-pod.ts';
import type { PortForward } from '../proxy/transport/port-forward.ts';
import { specPorts } from '../proxy/resolve/known-port.ts';
import { askPort } from './ask-port.ts';
import { portsToAsk } from './customary-ports.ts';

/** Which ports of a workspace are known to be open (true) or not (false). */
export type OpenPorts = ReadonlyMap<number, boolean>;

export interface PortLooks {
  /**
   * Looks which ports of a workspace something listens at: those that it declares, the `named` ones, and the customary ones. For
   * a few seconds the last look is the answer. Empty while it has no pod. Never rejects.
   */
  at(id: string, named: readonly number[]): Promise<OpenPorts>;
  stop(): void;
}

export interface PortLooksOptions {
  kube: Pick<Kube, 'namespace'>;
  world: Pick<World, 'workspaces' | 'podsOf'>;
  transport: Pick<PortForward, 'prepare'>;
  clock?: Pick<Clock, 'now'>;
  limits?: { askMs: number; lookMs: number };
}

interface Look {
  podUid: string;
  at: number;
  named: string;
  /** When each port was last found open. */
  opened: Map<number, number>;
  result: Promise<OpenPorts>;
}

/** Pages ask every few seconds, and several may be open. */
const freshMs = 4_000;
/** Some programs write a line for each connection that says nothing: one that is known to be open is let be for a while. */
const openMs = 30_000;
/** Each costs a tunnel. */
const atATime = 6;
const usualLimits = {
  /** One that is opened and does not end takes a second, by the node; what has said nothing by then is not known. */
  askMs: 2_500,
  /** A whole look: a program may hold all ports open and never end. What is left by then is not known this time. */
  lookMs: 4_000,
};
const mostRemembered = 256;

/** Looks for open ports, as often as somebody asks and no oftener. */
export function createPortLooks({
  kube,
  world,
  transport,
  clock = systemClock,
  limits = usualLimits,
}: PortLooksOptions): PortLooks {
  const looks = new Map<string, Look>();
  const stopping = new AbortController();

  async function look(pod: string, ports: readonly number[], opened: Map<number, number>): Promise<OpenPorts> {
    const isKnown = (port: number): boolean => clock.now() - (opened.get(port) ?? -Infinity) < openMs;
    const left = ports.filter((port) => !isKnown(port)).toReversed();
    const found = new Map(ports.filter(isKnown).map((port) => [port, true]));
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(limits.lookMs)]);
    const worker = async (): Promise<void> => {
      for (let port = left.pop(); port !== undefined && !signal.aborted; port = left.pop()) {
        const target = { namespace: kube.namespace, pod, port };
        const isOpen = await askPort(() => transport.prepare(target), { ms: limits.askMs, signal });
        if (isOpen !== undefined) found.set(port, isOpen);
        if (isOpen === true) opened.set(port, clock.now());
        else opened.delete(port);
      }
    };
    await Promise.all(Array.from({ length: atATime }, worker));
    return found;
  }

  return {
    at(id, named) {
      const workspace = world.workspaces.get(id);
      const pod = workspace === undefined ? undefined : chooseOwnPod(workspace, world.podsOf(id))?.metadata;
      if (workspace === undefined || pod?.name === undefined || pod.uid === undefined)
        return Promise.resolve(new Map());
      const declared = specPorts(workspace.spec).flatMap(({ port }) => (port === undefined ? [] : [port]));
      const ports = portsToAsk([...declared, ...named]);
      const key = ports.join(' ');
      const now = clock.now();
      const known = looks.get(id);
      if (known?.podUid === pod.uid && known.named === key && now - known.at < freshMs) return known.result;
      looks.delete(id);
      if (looks.size >= mostRemembered) looks.clear();
      const opened = known?.podUid === pod.uid ? known.opened : new Map<number, number>();
      const result = look(pod.name, ports, opened);
      looks.set(id, { podUid: pod.uid, at: now, named: key, opened, result });
      return result;
    },
    stop() {
      stopping.abort();
      looks.clear();
    },
  };
}
