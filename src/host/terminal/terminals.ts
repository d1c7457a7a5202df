import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { GuildNetError } from '#contract/errors.ts';
import type { ExecSignal, ExecStart, TerminalSession as ShownSession, TerminalSize } from '#contract/terminal.ts';
import type { Kube } from '../kube/kube.ts';
import type { World } from '../kube/world.ts';
import type { Log } from '../observability/log.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import { noSuchWorkspace } from '../workspaces/no-such-workspace.ts';
import type { TerminalWatch } from '../workspaces/use/watch-terminal.ts';
import { execError, noShell } from './exec-error.ts';
import { execPlace } from './exec-place.ts';
import { createShellFinder } from './find-shell.ts';
import type { ContainerPlace } from './find-shell.ts';
import type { ExecListener, OpenExec } from './open-exec.ts';
import { runProgram } from './run-program.ts';
import type { RunningProgram } from './run-program.ts';
import { runQuietly } from './run-quietly.ts';
import { openTerminalSession, usualSessionLimits } from './session.ts';
import type { SessionLimits, TerminalSession } from './session.ts';
import { shellCommand, signalCommand } from './shell-command.ts';

/** Shells in workspaces, and programs that are run there. */
export interface Terminals {
  /** The sessions of a workspace, the oldest first. Throws `not_found`. */
  list(id: string): ShownSession[];
  /** A new shell. Throws `not_found`, `not_ready`, `overloaded`, `unsupported` where the image has none, or what the cluster says. */
  open(id: string, size: TerminalSize): Promise<TerminalSession>;
  /** One that there is. Throws `not_found`. */
  find(id: string, session: string): TerminalSession;
  /** Runs a program. Throws as `open`; a shell is not needed for it. */
  run(id: string, start: ExecStart, listener: ExecListener): Promise<RunningProgram>;
  /** Sessions and programs there are now. */
  readonly size: number;
  /** Ends them all: nobody could come back to what would be left running. */
  stop(): Promise<void>;
}

export interface TerminalLimits {
  /** Each keeps a few MB. */
  sessions: number;
  sessionsOfOne: number;
  programs: number;
  session: SessionLimits;
}

const usualLimits: TerminalLimits = { sessions: 64, sessionsOfOne: 16, programs: 128, session: usualSessionLimits };

export interface TerminalsOptions {
  kube: Pick<Kube, 'namespace'>;
  world: Pick<World, 'workspaces' | 'podsOf'>;
  openExec: OpenExec;
  use(id: string): TerminalWatch;
  log: Log;
  limits?: TerminalLimits;
}

export function createTerminals({
  kube,
  world,
  openExec,
  use,
  log,
  limits = usualLimits,
}: TerminalsOptions): Terminals {
  /** By workspace and name; undefined while it is being opened. */
  const sessions = new Map<string, { id: string; session: TerminalSession | undefined }>();
  const programs = new Set<RunningProgram>();
  let starting = 0;
  const shells = createShellFinder(openExec);

  function known(id: string) {
    const workspace = world.workspaces.get(id);
    if (workspace !== undefined) return workspace;
    throw noSuchWorkspace(id, world);
  }

  const sessionsOf = (id: string) => [...sessions.values()].filter((one) => one.id === id);

  function placeOf(id: string, container: string | undefined): { place: ContainerPlace; uid: string } {
    const { uid, ...place } = execPlace(known(id), world.podsOf(id), container);
    return { place: { namespace: kube.namespace, ...place }, uid };
  }

  async function shellOf(id: string, place: ContainerPlace, uid: string): Promise<string | undefined> {
    try {
      return await shells.of(place, uid);
    } catch (error) {
      throw error instanceof TunnelError ? execError(error, id) : error;
    }
  }

  const told = (error: unknown): void => log.debug({ err: error }, 'A program in a workspace could not be told to end');
  const signalTo =
    (place: ContainerPlace, shell: string, mark: string) =>
    async (signal: ExecSignal): Promise<void> => {
      await runQuietly(openExec, { ...place, command: signalCommand(shell, mark, signal) });
    };

  return {
    list(id) {
      known(id);
      return sessionsOf(id).flatMap(({ session }) => (session === undefined ? [] : [session.shown()]));
    },
    find(id, name) {
      known(id);
      const found = sessions.get(name);
      if (found?.session !== undefined && found.id === id) return found.session;
      throw new GuildNetError('not_found', `The workspace ${id} has no terminal "${name.slice(0, 80)}" any more.`, {
        remedy:
          'Open a new one. A terminal ends with its shell, with its pod, and half an hour after the last look at it.',
        details: { id, session: name.slice(0, 80) },
      });
    },
    async open(id, size) {
      const { place, uid } = placeOf(id, undefined);
      if (sessions.size >= limits.sessions || sessionsOf(id).length >= limits.sessionsOfOne) {
        throw new GuildNetError('overloaded', 'Too many terminals are open.', {
          remedy: 'Close some of them: those that nobody looks at are open, too.',
          details: { id, most: limits.sessionsOfOne, in_all: limits.sessions },
        });
      }
      const name = randomBytes(5).toString('hex');
      const mark = randomBytes(16).toString('hex');
      const opening: { id: string; session: TerminalSession | undefined } = { id, session: undefined };
      sessions.set(name, opening);
      try {
        const shell = await shellOf(id, place, uid);
        if (shell === undefined) throw noShell(id);
        opening.session = await openTerminalSession({
          id: name,
          workspace: id,
          size,
          limits: limits.session,
          start: () => openExec({ ...place, command: shellCommand(shell, mark, size), tty: true, input: true }),
          hangUp: signalTo(place, shell, mark),
          watch: use(id),
          onClose: () => sessions.delete(name),
          told,
        });
      } catch (error) {
        sessions.delete(name);
        throw error;
      }
      log.info({ id, session: name, pod: place.pod }, 'A terminal was opened');
      return opening.session;
    },
    async run(id, start, listener) {
      const { place, uid } = placeOf(id, start.container);
      if (programs.size + starting >= limits.programs) {
        throw new GuildNetError('overloaded', 'Too many programs are run in workspaces at the same time.', {
          remedy: 'Wait until some of them have ended, and try again.',
        });
      }
      starting += 1;
      try {
        const shell = await shellOf(id, place, uid);
        const mark = randomBytes(16).toString('hex');
        const begun: { program?: RunningProgram } = {};
        const program = await runProgram(
          { id, start, place, openExec, told, watch: use(id) },
          shell === undefined ? undefined : { path: shell, mark, signal: signalTo(place, shell, mark) },
          {
            ...listener,
            gone: () => {
              if (begun.program !== undefined) programs.delete(begun.program);
            },
          },
        );
        begun.program = program;
        if (!program.isOver) programs.add(program);
        // Not what: arguments may be secret.
        log.info({ id, pod: place.pod, container: place.container }, 'A program was started');
        return program;
      } finally {
        starting -= 1;
      }
    },
    get size() {
      return sessions.size + programs.size;
    },
    async stop() {
      const left = [...programs].map((program) => {
        program.leave();
        return program.left;
      });
      const ended = [...sessions.values()].map(async ({ session }) => session?.end());
      // A cluster that does not answer keeps nobody from stopping.
      const patience = new AbortController();
      const late = delay(limits.session.hangUpMs, undefined, { signal: patience.signal }).catch(() => undefined);
      await Promise.race([Promise.allSettled([...left, ...ended]), late]);
      patience.abort();
    },
  };
}
