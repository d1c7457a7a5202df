import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { TailnetState } from '#contract/tailnet.ts';
import { defaultPort } from '../access/front.ts';
import { endsOf } from '../access/handed-over.ts';
import type { Ends } from '../access/handed-over.ts';
import { createPeerUser } from '../access/peer-user.ts';
import { urlHost } from '../access/tailnet-names.ts';
import type { Dispatch } from '../api/dispatch.ts';
import type { Face } from '../api/face.ts';
import { handedOverHttps } from '../api/handed-over-https.ts';
import type { KeyPair } from '../certs/authority.ts';
import type { Leaf } from '../certs/leaf.ts';
import { openNamedCertificates } from '../certs/named-certificates.ts';
import type { NamedCertificates } from '../certs/named-certificates.ts';
import type { Log } from '../observability/log.ts';
import type { Tailnet } from '../tailnet/tailnet.ts';
import { behindAFront } from './behind-a-front.ts';
import { createExplainer } from './explainer.ts';
import { createIssuedCertificate } from './issued-certificate.ts';
import { createOriginPorts } from './origin-ports.ts';
import type { OriginPorts } from './origin-ports.ts';
import { readOriginPorts, writeOriginPorts } from './origin-ports-file.ts';
import type { Peers } from './peers.ts';
import { noEntrance, peersOnly } from './peers-only.ts';
import { createPlaces } from './places.ts';
import { certificateFacts } from './certificate-facts.ts';

/** Where people are told that the host is at https. */
const explainerPort = 80;
const renewalCheck = 12 * 3_600_000;

/** What peers of the tailnet reach of this host. */
export interface Inbound {
  /** Answers what a front passes on, on behalf of peers. */
  readonly behindFront: Dispatch;
  /** Takes over a connection from the tailnet. What came by a port that is nobody's ends. */
  take(socket: Socket, ends: Ends): void;
  /** These workspaces are there now; undefined where nobody knows, and those of before count on. */
  workspaces(ids: readonly string[] | undefined): void;
  /** One of them is there now, or is gone. */
  workspace(id: string, isThere: boolean): void;
  /** What peers have to know of it; nothing while it cannot be reached. */
  facts(): Pick<TailnetState, 'url' | 'authority_sha256' | 'certificate'>;
  /** Where peers find a workspace; undefined while they cannot, or where there is no such. */
  addressOf(id: string): string | undefined;
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface InboundOptions {
  tailnet: Pick<Tailnet, 'state' | 'listen' | 'onChange' | 'whois' | 'certificate' | 'certificateNames'>;
  peers: Peers;
  /** Folder of what is kept of it. */
  folder: string;
  /** Something of the machine's own is at `:443` of its tailnet address, and passes on to us what comes there. */
  fronted?: () => boolean;
  /** Told when peers can reach it, and under which name, since they could not, or under another. */
  onReachable?: () => void;
  /** What serves the requests of a face of this host. */
  dispatchFor(face: Face): Dispatch;
  log: Log;
}

/**
 * The host on its tailnet: the control UI and API at `:443` of its name, each workspace at a port of its own, an explanation at plain
 * `:80`, and no other port. It opens them once it has a certificate for the name and the addresses.
 */
export function createInbound({
  tailnet,
  peers,
  folder,
  fronted = () => false,
  dispatchFor,
  onReachable,
  log,
}: InboundOptions): Inbound {
  const portsFile = join(folder, 'ports.json');
  let there = new Set<string>();
  let ports: OriginPorts | undefined;
  let hosts: readonly string[] = [];
  let certificates: NamedCertificates | undefined;
  /** What is shown where nothing was issued. */
  let own: X509Certificate | undefined;
  let renewal: NodeJS.Timeout | undefined;
  let isClosed = false;
  /** One thing after the other: names, certificates and ports belong together. */
  let working = Promise.resolve();
  /** A look that has not begun yet, and so sees all that has changed until now. */
  let awaited: Promise<void> | undefined;
  let writing = Promise.resolve();
  let isWritten = true;

  const whatIsThere = { hosts: () => hosts, ports: () => ports, opened: () => settle() };
  const places = createPlaces({ ...whatIsThere, portOf: ({ socket }) => endsOf(socket)?.own.port });
  const face = {
    ...places,
    access: () => access,
    entrance: noEntrance,
    lists: {},
    userOf: () => Promise.resolve(undefined),
  } as const;
  const dispatch = dispatchFor(face);
  const access = peersOnly(peers);
  // A front passes on what comes to one port alone, the one at which people find the host.
  const behindFront = dispatchFor({
    ...face,
    ...createPlaces({ ...whatIsThere, portOf: () => defaultPort }),
    access: () => frontAccess,
  });
  const frontAccess = behindAFront({ peers, tailnet, userOf: createPeerUser() });
  const issued = createIssuedCertificate({ tailnet, log });
  // Who comes by an address is shown the authority's, which vouches for addresses as well; nobody else issues for those.
  const https = handedOverHttps({ dispatch, sni: (asked, done) => done(null, issued.leafFor(asked)?.context), log });
  const origin = (): string => `https://${urlHost(hosts[0] ?? '')}`;
  const issuedNow = (): Leaf | undefined => issued.leafFor(hosts[0] ?? '');
  const explainer = createExplainer(
    () =>
      certificates === undefined
        ? undefined
        : { origin: origin(), authority: certificates.authority, isKnown: issuedNow() !== undefined },
    log,
  );

  function write(): void {
    isWritten = false;
    writing = writing.then(async () => {
      if (isWritten) return;
      isWritten = true;
      try {
        await writeOriginPorts(portsFile, ports?.list() ?? []);
      } catch (error) {
        log.warn({ err: error, file: portsFile }, 'The ports of workspaces in the tailnet could not be written down');
      }
    });
  }

  /** A certificate for the name and addresses of now, and the ports open that are wanted. */
  function certify(pair: KeyPair): void {
    https.certify(pair);
    own = new X509Certificate(pair.cert);
  }

  async function look(): Promise<void> {
    const { mode, phase, name, addresses = [] } = tailnet.state;
    // A host that is on no tailnet gives no ports.
    if (isClosed) return;
    if (mode === 'off') {
      issued.lost();
      return;
    }
    ports ??= createOriginPorts({
      given: await readOriginPorts(portsFile, log),
      isThere: (id) => there.has(id),
      changed() {
        write();
        void settle();
      },
    });
    if (phase !== 'running' || addresses.length === 0) {
      issued.lost();
      return;
    }
    const now = [...(name === undefined ? [] : [name.toLowerCase()]), ...addresses];
    if (certificates === undefined || now.join() !== hosts.join()) {
      const opened = await openNamedCertificates({ folder: join(folder, 'certs'), names: now, log });
      certify(await opened.current());
      certificates = opened;
      hosts = now;
      log.info({ url: origin() }, 'GuildNet is on the tailnet');
      onReachable?.();
    }
    issued.see(name?.toLowerCase());
    for (const id of there) ports.of({ kind: 'server', id });
    const given = ports.list().filter(({ ask }) => there.has(ask.id));
    await tailnet.listen(
      new Set([...(fronted() ? [] : [defaultPort]), explainerPort, ...given.map(({ port }) => port)]),
    );
  }

  function settle(): Promise<void> {
    awaited ??= working = working
      .then(() => {
        awaited = undefined;
        return look();
      })
      .catch((error: unknown) => log.error({ err: error }, 'What is to be reached in the tailnet cannot be served'));
    return awaited;
  }

  async function renew(): Promise<void> {
    try {
      if (certificates !== undefined) certify(await certificates.current());
    } catch (error) {
      log.error({ err: error }, 'The certificate for the tailnet could not be renewed');
    }
  }

  return {
    behindFront,
    take(socket, ends) {
      const { port } = ends.own;
      if (port === explainerPort) explainer.take(socket);
      else if (port === defaultPort || ports?.at(port) !== undefined) https.take(socket, ends);
      else socket.destroy();
    },
    workspaces(ids) {
      if (ids === undefined || (ids.length === there.size && ids.every((id) => there.has(id)))) return;
      there = new Set(ids);
      // Nobody waits for it: `settle` says itself what goes wrong.
      void settle();
    },
    workspace(id, isThere) {
      // Most of what changes of a workspace is neither.
      if (there.has(id) === isThere) return;
      if (isThere) there.add(id);
      else there.delete(id);
      void settle();
    },
    facts: () =>
      certificates === undefined || tailnet.state.phase !== 'running'
        ? {}
        : {
            url: origin(),
            authority_sha256: new X509Certificate(certificates.authority).fingerprint256,
            ...certificateFacts({ issued: issuedNow(), own, problem: issued.problem() }),
          },
    addressOf(id) {
      const port = there.has(id) && certificates !== undefined ? ports?.of({ kind: 'server', id }) : undefined;
      return port === undefined || tailnet.state.phase !== 'running' ? undefined : `${origin()}:${String(port)}/`;
    },
    async start() {
      tailnet.onChange((what) => {
        // After another start of the node everybody is asked for anew as well.
        peers.forget();
        if (what === 'state') void settle();
      });
      renewal = setInterval(() => void renew(), renewalCheck).unref();
      await settle();
    },
    async close() {
      isClosed = true;
      clearInterval(renewal);
      issued.close();
      explainer.close();
      await https.close();
      await working;
      await writing;
    },
  };
}
