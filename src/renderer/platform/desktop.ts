import { createORPCClient, DynamicLink, type ClientContext } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { desktopContract, type DesktopClient } from '#contract/desktop.ts';
import { contract, type HostClient } from '#contract/routes.ts';
import { calledTerminals } from '../terminal/called-terminal.ts';
import { openPort } from './desktop-port.ts';
import { HostUnreachable } from './host-unreachable.ts';
import type { PageRightActions, Platform } from './platform.ts';
import { t } from '../words/language.ts';

/** A type alias, for an interface has no index signature, which oRPC's client type asks for. */
type DesktopRouter = { host: HostClient; desktop: DesktopClient };

type Link = RPCLink<ClientContext>;

/** The platform of the desktop: the host in the main process, over a message port that the preload hands out. */
export function createDesktopPlatform(): Platform {
  let current: Promise<Link> | undefined;

  const forget = (link: Promise<Link>): void => {
    if (current === link) current = undefined;
  };

  const connect = (): Promise<Link> => {
    if (current !== undefined) return current;
    const opening: Promise<Link> = openPort().then((port) => {
      const link: Link = new RPCLink({
        port,
        plugins: [new ResponseValidationPlugin({ host: contract, desktop: desktopContract })],
      });
      // A closed port ends every call on it; the next call asks the preload for a new one.
      port.addEventListener('close', () => forget(opening));
      port.start();
      return link;
    });
    current = opening;
    opening.catch(() => forget(opening));
    return opening;
  };

  const client: DesktopRouter = createORPCClient(
    new DynamicLink<ClientContext>(async () => {
      try {
        return await connect();
      } catch (cause) {
        throw new HostUnreachable(t().failure.noDesktop, { cause });
      }
    }),
  );
  const { host, desktop } = client;

  return {
    kind: 'desktop',
    host,
    connectTerminal: calledTerminals(host),
    ide: {
      show: (id, bounds, beside) =>
        desktop.ide.show({ id, bounds, ...(beside === undefined ? {} : { beside }) }).then(ignore),
      hide: () => desktop.ide.hide().then(ignore),
      reload: (id) => desktop.ide.reload({ id }).then(ignore),
      popOut: (id) => desktop.ide.popOut({ id }).then(ignore),
      popIn: (id) => desktop.ide.popIn({ id }).then(ignore),
      memory: () => desktop.ide.memory(),
      chooseMemory: (budget) => desktop.ide.chooseMemory({ budget }),
      close: (id) => desktop.ide.close({ id }).then(ignore),
      menu: (id, at) => desktop.ide.menu({ id, ...at }).then(ignore),
      find: (id, look) => desktop.ide.find({ id, ...look }).then(ignore),
      stopFinding: (id, goesBack) => desktop.ide.stopFinding({ id, goesBack }).then(ignore),
    },
    clipboard: pageRightBy(desktop.clipboard),
    notifications: pageRightBy(desktop.notifications),
    shortcuts: {
      state: () => desktop.shortcuts.state(),
      choose: (choice) => desktop.shortcuts.choose(choice),
    },
    speak: (language) => desktop.speak({ language }).then(ignore),
    downloads: {
      cancel: (id) => desktop.downloads.cancel({ id }).then(ignore),
      reveal: (id) => desktop.downloads.reveal({ id }).then(ignore),
      chooseFolder: () => desktop.downloads.chooseFolder().then(ignore),
    },
    startup: {
      state: () => desktop.startup.state(),
      choose: (choice) => desktop.startup.choose(choice),
    },
    updates: {
      state: () => desktop.updates.state(),
      look: () => desktop.updates.look(),
      download: () => desktop.updates.download(),
      choose: (looks) => desktop.updates.choose({ looks }),
    },
    events: (signal) => desktop.events(undefined, { signal }),
  };
}

function ignore(): void {
  // The desktop's replies carry nothing.
}

function pageRightBy(calls: DesktopClient['clipboard']): PageRightActions {
  return { answers: () => calls.answers(), forget: (id) => calls.forget({ id }) };
}
