import type { ExecRequest, OpenExec } from '../../terminal/open-exec.ts';
import { TunnelError } from '../transport/tunnel-error.ts';
import type { PodName } from '../transport/transport.ts';

/** What a program itself answers to a request that is made beside it: the head, as it came, and the hash of its body. */
export interface Witnessed {
  head: string;
  /** SHA-256, hex. */
  hash: string;
}

/** Asks the program of one pod. Resolves with undefined when it cannot be asked or does not answer in order; never rejects. */
export type Witness = (request: string) => Promise<Witnessed | undefined>;

/** How long the program is waited for: a browser waits with us. */
const patienceMs = 4_000;
const mostOutput = 64 * 1024;

/**
 * Sends the request that stands on its input (of so many bytes) to a port at the container's loopback, and prints the answer's head and its body's hash.
 * The request may hold what is nobody else's: it is no argument, which whoever lists processes could read. HTTP/1.0 ends by its connection.
 */
const script = String.raw`
exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 3
head -c "$2" >&3 || exit 4
lines=0
while IFS= read -r line <&3; do
  [ "$line" = $'\r' ] && break
  lines=$((lines + 1))
  [ "$lines" -gt 128 ] && exit 5
  printf '%s\n' "$line"
done
printf '\n'
sha256sum <&3
`;

export interface WitnessOptions {
  openExec: OpenExec;
  pod: PodName;
  container: string;
  port: number;
}

/** Needs bash and coreutils in the container, and the right to `pods/exec`. */
export function witnessIn({ openExec, pod, container, port }: WitnessOptions): Witness {
  return async (request) => {
    const bytes = Buffer.from(request, 'latin1');
    const command = ['bash', '-c', script, 'guildnet-asset', String(port), String(bytes.length)];
    try {
      const output = await outputOf(openExec, { ...pod, container, command, tty: false, input: true }, bytes);
      const [head, rest] = halves(output);
      const hash = /^([0-9a-f]{64}) /.exec(rest)?.[1];
      return hash === undefined ? undefined : { head, hash };
    } catch {
      // Whatever it is: the asset then comes by the tunnel, as it always did.
      return undefined;
    }
  };
}

function halves(output: string): [head: string, rest: string] {
  const end = output.indexOf('\n\n');
  return end === -1 ? ['', ''] : [output.slice(0, end), output.slice(end + 2)];
}

async function outputOf(openExec: OpenExec, request: ExecRequest, input: Buffer): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const late = setTimeout(() => reject(new TunnelError('lost', 'The program did not answer in time.')), patienceMs);
  try {
    const starter = await Promise.race([openExec(request), promise]);
    if (typeof starter === 'string') throw new TunnelError('lost', starter);
    let output = '';
    const program = starter({
      output(stream, chunk) {
        if (stream === 'output') output += chunk.toString('latin1');
        if (output.length > mostOutput) reject(new TunnelError('protocol', 'It says too much.'));
      },
      drained: () => undefined,
      ended: (outcome) => (outcome instanceof TunnelError ? reject(outcome) : resolve(output)),
    });
    try {
      program.write(input);
      return await promise;
    } finally {
      program.cut();
    }
  } finally {
    clearTimeout(late);
  }
}
