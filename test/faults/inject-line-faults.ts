import { readFile } from 'node:fs/promises';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '../create-namespace.ts';
import { createWorkspace } from '../create-workspace.ts';
import type { HeadlessHost } from '../headless-host.ts';
import { openFaultGround } from './fault-ground.ts';
import type { FaultOutcome } from './fault-outcome.ts';
import { planLineFaults } from './line-faults.ts';
import type { LineFault } from './line-faults.ts';
import { openNumberTerminal } from './numbers/number-terminal.ts';
import type { NumberTerminal, TerminalFigures } from './numbers/number-terminal.ts';
import { numbersProgram } from './numbers/numbers-program.ts';

export interface InjectOptions {
  namespace: TestNamespace;
  faults: number;
  seed: number;
  /** Of these kinds; of all where none are named. */
  kinds?: readonly LineFault[] | undefined;
  /** Open at the same time. */
  terminals: number;
  /** Told of each fault when it is over. */
  tell?(outcome: FaultOutcome, done: number): void;
}

const id = 'numbers';

/** Lets things go wrong between terminals that print numbers and their program, and tells how each went. Nothing is left behind. */
export async function injectLineFaults(options: InjectOptions): Promise<FaultOutcome[]> {
  const { namespace, faults, seed, tell } = options;
  await using owned = new AsyncDisposableStack();
  const ground = owned.use(await openFaultGround(namespace, id));
  await createWorkspace(namespace, id, {
    image: localImages.codeServer,
    command: ['/opt/node/bin/node', '-e'],
    args: [numbersProgram],
    ports: [{ containerPort: 8080 }],
    home: {},
  });
  await ground.readyPod();
  const terminals = await Promise.all(
    Array.from({ length: options.terminals }, async () => owned.use(await openOn(ground.host))),
  );
  await Promise.all(terminals.map((terminal) => terminal.hears(Date.now())));

  const outcomes: FaultOutcome[] = [];
  for (const fault of planLineFaults(faults, seed, options.kinds)) {
    const before = sumOf(terminals);
    const over = await ground.inject(fault);
    if (fault.kind === 'replaced') {
      // The next pod is ready before the node has ended the one that is gone from the API: until then the terminals hear that.
      const isRenewed = (): boolean => sumOf(terminals).renewed - before.renewed >= terminals.length;
      const what = 'the terminals to be of the next pod';
      await waitUntil(() => Promise.resolve(isRenewed()), { what, timeoutMs: 60_000 });
    }
    const from = fault.kind === 'replaced' ? Date.now() : over;
    const heard = await Promise.all(terminals.map((terminal) => terminal.hears(from)));
    const after = sumOf(terminals);
    const outcome = {
      kind: fault.kind,
      recoveryMs: Math.max(...heard) - over,
      refused: after.refused - before.refused,
      lost: after.lost - before.lost,
      renewed: after.renewed - before.renewed,
    };
    outcomes.push(outcome);
    tell?.(outcome, outcomes.length);
  }
  return outcomes;
}

async function openOn(host: HeadlessHost): Promise<NumberTerminal> {
  const token = host.tokenFile === undefined ? '' : (await readFile(host.tokenFile, 'utf8')).trim();
  return openNumberTerminal({
    host: `${id}.localhost`,
    port: Number(new URL(host.url).port),
    ca: await readFile(host.caFile, 'utf8'),
    headers: { 'proxy-authorization': `Bearer ${token}` },
  });
}

function sumOf(terminals: readonly NumberTerminal[]): Pick<TerminalFigures, 'refused' | 'lost' | 'renewed'> {
  const sum = (field: 'refused' | 'lost' | 'renewed'): number =>
    terminals.reduce((total, { figures }) => total + figures[field], 0);
  return { refused: sum('refused'), lost: sum('lost'), renewed: sum('renewed') };
}
