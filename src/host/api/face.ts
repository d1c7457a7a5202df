import type { IncomingMessage } from 'node:http';
import type { Access } from '../access/access.ts';
import type { Entrance } from '../access/entrance.ts';
import type { Log } from '../observability/log.ts';
import type { OpenGuard } from '../permission/open-guard.ts';
import type { ProxyAsk } from '../proxy/forms/ask.ts';
import type { RewriteSite } from '../proxy/response/view.ts';
import type { Awaited } from '../proxy/waiting/patient-proxy.ts';
import { createPatientProxy } from '../proxy/waiting/patient-proxy.ts';
import { createWorkspaceProxy } from '../proxy/workspace-proxy.ts';
import type { WorkspaceProxy, WorkspaceProxyOptions, WorkspaceRoute } from '../proxy/workspace-proxy.ts';
import { createAdmission } from './admission.ts';
import type { AdmissionOptions } from './admission.ts';
import type { DevUi } from './dev-ui/dev-ui.ts';
import { createDispatch } from './dispatch.ts';
import type { Dispatch, DispatchOptions } from './dispatch.ts';
import type { MetricsPage } from './metrics-page.ts';
import { createRest } from './rest.ts';
import type { RestOptions } from './rest.ts';
import { createStaticUi } from './static-ui.ts';
import type { AnswerSocket } from './terminal-sockets.ts';

/** How one kind of visitor finds this host: those of its own machine and network, or the peers of its tailnet. */
export interface Face
  extends Omit<AdmissionOptions, 'developing' | 'log'>,
    Pick<RestOptions, 'lists' | 'userOf' | 'urlsOf'> {
  /** Who sends a request. Opened when the host starts. */
  access(): Pick<Access, 'identify' | 'join'>;
  entrance: Entrance;
  ownOrigin: DispatchOptions['ownOrigin'];
  site(request: IncomingMessage): RewriteSite;
  /** Where workspaces may be framed from. */
  frameSource(): string;
  /** Whom the UI's pages may ask besides this host; nobody where it is absent. */
  connectSource?: () => string;
  /** The UI from its development server, in place of the built one. */
  devUi?: DevUi | undefined;
}

/** What all faces have in common. */
export interface Behind extends Pick<RestOptions, 'router' | 'followLogs' | 'followWorkspaces'> {
  guard: OpenGuard;
  metrics: MetricsPage;
  sockets: AnswerSocket;
  /** Folder of the built UI. */
  uiDir: string | undefined;
  upstream: WorkspaceProxyOptions['upstream'];
  traffic: WorkspaceProxyOptions['traffic'];
  cache: WorkspaceProxyOptions['cache'];
  awaited: Awaited;
  /** Those of another context, where what is asked for is in one that is open. */
  awaitedElsewhere(ask: ProxyAsk): Awaited | undefined;
  mayWake: boolean;
  log: Log;
}

/** Requests of each context wait for what that one knows. */
function proxyOfAll(
  proxy: WorkspaceProxy,
  { awaited, awaitedElsewhere, mayWake, log }: Pick<Behind, 'awaited' | 'awaitedElsewhere' | 'mayWake' | 'log'>,
): WorkspaceProxy {
  const own = createPatientProxy({ proxy, awaited, mayWake, log });
  const others = new WeakMap<Awaited, WorkspaceProxy>();
  const of = ({ ask }: WorkspaceRoute): WorkspaceProxy => {
    const there = awaitedElsewhere(ask);
    if (there === undefined) return own;
    const known = others.get(there) ?? createPatientProxy({ proxy, awaited: there, mayWake, log });
    others.set(there, known);
    return known;
  };
  return {
    serve: (request, response, route, requestId, attempt) =>
      of(route).serve(request, response, route, requestId, attempt),
    upgrade: (request, client, route, requestId, attempt) =>
      of(route).upgrade(request, client, route, requestId, attempt),
  };
}

/** What answers the requests of one face. */
export function createFaceDispatch(face: Face, behind: Behind): Dispatch {
  const { names, routes, access, entrance, ownOrigin, lists, userOf, urlsOf, site, frameSource, connectSource, devUi } =
    face;
  const { router, followLogs, followWorkspaces, guard, metrics, sockets, uiDir, log } = behind;
  const { upstream, traffic } = behind;
  return createDispatch({
    admit: createAdmission({ names, routes, developing: devUi !== undefined, log }),
    access,
    guard,
    ownOrigin,
    entrance,
    rest: createRest({
      router,
      lists,
      followLogs,
      followWorkspaces,
      userOf,
      ...(urlsOf === undefined ? {} : { urlsOf }),
    }),
    metrics,
    sockets,
    ui: devUi?.serve ?? createStaticUi({ folder: uiDir, frameSource, connectSource }),
    uiSocket: devUi?.upgrade,
    proxy: proxyOfAll(createWorkspaceProxy({ upstream, traffic, site, log, cache: behind.cache }), behind),
    log,
  });
}
