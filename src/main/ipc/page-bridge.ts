import type { BrowserWindow, MessagePortMain, WebFrameMain } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { refusalOfPort } from './port-request.ts';

/** The channel on which the preload hands over a port. */
const channel = 'guildnet:connect';

export interface PageBridgeOptions {
  window: BrowserWindow;
  uiOrigin: string;
  /** Answers what comes through a port, until the port closes. Before the port is started. */
  serve: (port: MessagePortMain) => void;
  /** The page is gone or another one takes its place: what it had on show is of the past. */
  onPageGone: () => void;
  log: Log;
}

/**
 * Takes the ports that the UI's page sends and serves them. One port lives at a time: a new one, a reload and the end of
 * the page close the one before, and with it every call and watch that runs through it.
 */
export function bridgePage({ window, uiOrigin, serve, onPageGone, log }: PageBridgeOptions): void {
  const { webContents } = window;
  let current: MessagePortMain | undefined;

  const drop = (): void => {
    current?.close();
    current = undefined;
  };
  const pageGone = (): void => {
    drop();
    onPageGone();
  };

  webContents.ipc.on(channel, (event) => {
    const refusal = refusalOfPort(
      { ...senderOf(event.senderFrame, webContents.mainFrame), ports: event.ports.length },
      uiOrigin,
    );
    const port = event.ports[0];
    if (refusal !== undefined || port === undefined) {
      log.warn({ refusal }, 'a request for the bridge was refused');
      for (const unwanted of event.ports) unwanted.close();
      return;
    }
    drop();
    current = port;
    serve(port);
    port.start();
  });
  webContents.on('did-start-navigation', (event) => {
    if (event.isMainFrame && !event.isSameDocument) pageGone();
  });
  webContents.on('render-process-gone', pageGone);
  window.once('closed', drop);
}

function senderOf(
  frame: WebFrameMain | null,
  mainFrame: WebFrameMain,
): { origin: string | undefined; isMainFrame: boolean } {
  // `detached` says nothing: it stays true of the main frame of a page that was loaded again after a crash.
  if (frame === null) return { origin: undefined, isMainFrame: false };
  return { origin: frame.origin, isMainFrame: frame.frameToken === mainFrame.frameToken };
}
