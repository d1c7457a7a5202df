import { openInBrowser } from '../open-in-browser.ts';
import type { Session } from '../commands/host-command.ts';
import { waitUntilRunning } from './wait-until-running.ts';

/** Waits until the workspace runs, telling its phases, prints where it is, and opens it when asked to. */
export async function bringUp(
  session: Session,
  id: string,
  options: { seconds: number; open: boolean },
): Promise<void> {
  const { output } = session;
  output.note(id);
  const server = await waitUntilRunning(session, id, {
    seconds: options.seconds,
    tell: (line) => output.note(`  ${line}`),
  });
  output.result(server, () => server.ide_url ?? server.id);
  if (!options.open || server.ide_url === undefined) return;
  // The address above is for keeps; the one that is opened signs the browser in, once.
  const { url } = await session.client.workspaces.open({ id });
  await openInBrowser(url, session.context.env);
}
