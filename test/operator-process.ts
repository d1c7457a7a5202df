import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { LeaseTiming } from '#host/operator/leader/election.ts';

const program = fileURLToPath(new URL('./operator-program.ts', import.meta.url));

const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('watching'), at: z.number() }),
  z.object({ type: z.literal('leadership'), self: z.boolean(), holder: z.string().optional(), at: z.number() }),
  z.object({ type: z.literal('write'), method: z.string(), path: z.string(), at: z.number() }),
]);
type Line = z.infer<typeof lineSchema>;

/** For tests: an operator in a process of its own. Disposing of it kills it if it still runs. */
export interface OperatorProcess extends AsyncDisposable {
  /** Whether it says that it leads. */
  readonly leads: boolean;
  /** When it last began or ceased to lead, ms since the epoch. */
  readonly turnedAt: number;
  /** Writes that it really sent, its lease's left out, as `PATCH /apis/…`. */
  readonly writes: readonly string[];
  signal(name: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  ended(): Promise<void>;
}

/**
 * `freezeAfterWrites`: it freezes itself (SIGSTOP) when it has sent so many writes. A signal from outside may stop a process between
 * its last look at the clocks and the system call that sends, and what was let go then is sent when it wakes: no program can help that.
 */
export async function spawnOperator(
  cluster: { kubeconfigPath: string; name: string },
  timing: LeaseTiming,
  { freezeAfterWrites = 0 } = {},
): Promise<OperatorProcess> {
  const args = [program, cluster.kubeconfigPath, cluster.name, JSON.stringify(timing), String(freezeAfterWrites)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const lines: Line[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(lineSchema.parse(JSON.parse(line))));
  const turns = () => lines.filter((line) => line.type === 'leadership');
  const ended = async (): Promise<void> => {
    await closed;
  };
  const operator: OperatorProcess = {
    get leads() {
      return turns().at(-1)?.self ?? false;
    },
    get turnedAt() {
      return turns().at(-1)?.at ?? 0;
    },
    get writes() {
      return lines.flatMap((line) => (line.type === 'write' ? `${line.method} ${line.path}` : []));
    },
    signal: (name) => {
      child.kill(name);
    },
    ended,
    async [Symbol.asyncDispose]() {
      // Also ends one that is frozen.
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await closed;
    },
  };
  // One that freezes itself may do so before it can say that it watches.
  const isFrozen = (): boolean => freezeAfterWrites > 0 && operator.writes.length >= freezeAfterWrites;
  try {
    await waitUntil(() => lines.some(({ type }) => type === 'watching') || isFrozen() || child.exitCode !== null, {
      what: 'an operator to watch',
      timeoutMs: 120_000,
    });
    return operator;
  } catch (error) {
    // Nobody else knows of it: left alone it would keep the whole run from ending.
    await operator[Symbol.asyncDispose]();
    throw error;
  }
}
