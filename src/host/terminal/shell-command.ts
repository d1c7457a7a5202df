import type { ExecSignal, TerminalSize } from '#contract/terminal.ts';
import { endWord } from './said-end.ts';

/*
 * Kubernetes can start a program in a container, and do nothing else with it: it has no word for a signal, and a program whose connection
 * ends goes on (kubernetes#57993). So what we start carries a mark in its environment, by which a second program finds it.
 */

/** The variable that carries the mark; children inherit it. */
const markVariable = 'GUILDNET_EXEC';

/** Where a shell is looked for, one after the other: `busybox:*` images, and Google's `distroless/*:debug`, have theirs elsewhere. */
export const shells = ['/bin/sh', '/busybox/sh', '/usr/bin/sh'] as const;

/** What a script of ours is called in the words of a shell that cannot start the program. */
const ourName = 'guildnet';

const marking = `${markVariable}="$1"; export ${markVariable}; shift`;

/**
 * Gives a terminal its size before anything runs in it. The node does so as well, but beside the program's start, and a program that asks
 * at once would hear of 0 columns.
 */
function sizing({ rows, cols }: TerminalSize): string {
  const stty = (what: string): string => `stty ${what} <&2 2>/dev/null`;
  // By its errors: a program without input reads from nowhere, and here output is a pipe.
  // Without a size GNU's says "0 0" and busybox' nothing.
  return `case "$(${stty('size')})" in '0 0'|'') ${stty(`rows ${String(rows)} cols ${String(cols)}`)} ;; esac`;
}

/** Replaces itself by the person's shell, or the best that there is: not a login shell, whose profile would reset the image's PATH. */
const interactive = `export TERM=xterm-256color COLORTERM=truecolor
case "$SHELL" in */nologin|*/false|'') ;; *) [ -x "$SHELL" ] && exec "$SHELL" ;; esac
command -v bash >/dev/null 2>&1 && exec bash
exec`;

/** An interactive shell with a mark, in a terminal of this size. */
export function shellCommand(shell: string, mark: string, size: TerminalSize): string[] {
  return [shell, '-c', `${marking}\n${sizing(size)}\n${interactive} ${shell}`, ourName, mark];
}

/**
 * Its output and errors stay open until it has ended, whatever it does with its own: containerd takes the end of either for the end of the
 * program, and takes its input away (containerd#13934). `cat > file` would write the beginning of what it is sent, and end with 0.
 * So the shell stays, silent of how its child has ended, and alive when the child's whole process group gets a signal.
 * Then it says the code on both streams (`endWord`), and takes what is left of the input until that ends: input that nobody reads has the
 * node reset the connection, and the code be lost with it.
 */
function held(mark: string): string {
  const word = `echo "${endWord(mark)}$1"`;
  return `exec 3>&2 2>/dev/null
trap : HUP INT QUIT TERM
(exec 2>&3 3>&-; exec "$@")
set -- "$?"
${word}; ${word} >&3
cat >/dev/null
exit "$1"`;
}

/** How a program is started. `fed`: it gets its input by a pipe, and all of it, and its end is said. */
export type StartManner = { fed: boolean } | { tty: TerminalSize };

/**
 * A program with a mark. Where there is none of that name the shell says so, and ends with 127 (POSIX, 2.8.2). A terminal is one file,
 * which does not end before the program.
 */
export function markedCommand(shell: string, mark: string, command: readonly string[], manner: StartManner): string[] {
  const before = 'tty' in manner ? `${marking}\n${sizing(manner.tty)}` : marking;
  const run = 'fed' in manner && manner.fed ? held(mark) : 'exec "$@"';
  return [shell, '-c', `${before}\n${run}`, ourName, mark, ...command];
}

/**
 * Every program with this mark gets a signal, children included. Reading another user's environment fails, and is passed over. Busybox'
 * grep sees a line up to its first NUL only, hence tr.
 */
const signalling = `for p in /proc/[0-9]*; do
[ "$p" = "/proc/$$" ] && continue
if { tr '\\000' '\\n' <"$p/environ" | grep -qx "${markVariable}=$1"; } 2>/dev/null; then kill -s "$2" "\${p#/proc/}" 2>/dev/null; fi
done`;

/**
 * Sends a signal to all programs with a mark. For Ctrl-C that is what a terminal does: its whole foreground group gets it.
 */
export function signalCommand(shell: string, mark: string, signal: ExecSignal): string[] {
  return [shell, '-c', signalling, shell, mark, signal];
}
