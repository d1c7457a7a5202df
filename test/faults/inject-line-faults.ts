import { readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '../create-namespace.ts';
import { createWorkspace } from '../create-workspace.ts';
import { makeHome, startHeadlessHost } from '../headless-host.ts';
import type { HeadlessHost } from '../headless-host.ts';
import { openClusterLine } from './cluster-line.ts';
import type { ClusterLine } from './cluster-line.ts';
import { planLineFaults } from './line-faults.ts';
import type { LineFault, PlannedFault } from './line-faults.ts';
import { openNumberTerminal } from './numbers/number-terminal.ts';
import type { NumberTerminal, TerminalFigures } from './numbers/number-terminal.ts';
import { numbersProgram } from './numbers/numbers-program.ts';

export interface InjectOptions {
  namespace: TestNamespace;
  faults: number;
  seed: number;
  /** Open at the same time. */
  terminals: number;
  /** Told of each fault when it is over. */
  tell?(outcome: FaultOutcome, done: number): void;
}

/** How it went with one fault; the worst of the terminals. */
export interface FaultOutcome {
  kind: LineFault;
  /** From its end (of a host that is restarted: from its beginning) until every terminal heard something that was printed after it. */
  recoveryMs: number;
  /** Attempts to connect again that were refused. */
  refused: number;
  /** Of the terminals, what was lost and how many were told that they cannot go on. */
  lost: number;
  renewed: number;
}

const id = 'numbers';
const patience = { timeoutMs: 60_000 };

/** What faults are done to. */
interface Ground {
  namespace: TestNamespace;
  line: ClusterLine;
  host: HeadlessHost;
  restart(): Promise<void>;
}

/** Lets things go wrong between terminals that print numbers and their program, and tells how each went. Nothing is left behind. */
export async function injectLineFaults(options: InjectOptions): Promise<FaultOutcome[]> {
  const { namespace, faults, seed, tell } = options;
  await using owned = new AsyncDisposableStack();
  const line = owned.use(await openClusterLine(namespace.kubeconfigPath));
  const home = await makeHome(undefined);
  owned.defer(() => rm(home, { recursive: true, force: true }));
  const start = (listen?: string): Promise<HeadlessHost> =>
    startHeadlessHost({
      kubeconfigPath: line.kubeconfigPath,
      namespace: namespace.name,
      home,
      ...(listen === undefined ? {} : { listen }),
    });
  const ground: Ground = {
    namespace,
    line,
    host: await start(),
    async restart() {
      const { port } = new URL(ground.host.url);
      ground.host.child.kill('SIGKILL');
      await ground.host.stop();
      ground.host = await start(`127.0.0.1:${port}`);
    },
  };
  owned.defer(async () => void (await ground.host.stop()));
  await createWorkspace(namespace, id, {
    image: localImages.codeServer,
    command: ['/opt/node/bin/node', '-e'],
    args: [numbersProgram],
    ports: [{ containerPort: 8080 }],
    home: {},
  });
  await readyPod(namespace);
  const terminals = await Promise.all(
    Array.from({ length: options.terminals }, async () => owned.use(await openOn(ground.host))),
  );
  await Promise.all(terminals.map((terminal) => terminal.hears(Date.now())));

  const outcomes: FaultOutcome[] = [];
  for (const fault of planLineFaults(faults, seed)) {
    const before = sumOf(terminals);
    const over = await inject(fault, ground);
    if (fault.kind === 'replaced') {
      // The next pod is ready before the node has ended the one that is gone from the API: until then the terminals hear that.
      const isRenewed = (): boolean => sumOf(terminals).renewed - before.renewed >= terminals.length;
      await waitUntil(() => Promise.resolve(isRenewed()), { what: 'the terminals to be of the next pod', ...patience });
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

/** Does it; resolves with the time from which recovery counts. */
async function inject({ kind, lastsMs }: PlannedFault, ground: Ground): Promise<number> {
  const { line, host, namespace } = ground;
  const began = Date.now();
  switch (kind) {
    case 'cut':
    case 'away':
      line.cut();
      await delay(lastsMs);
      line.mend();
      return Date.now();
    case 'asleep':
    case 'moved':
      host.child.kill('SIGSTOP');
      if (kind === 'moved') line.silence();
      await delay(lastsMs);
      host.child.kill('SIGCONT');
      return Date.now();
    case 'restarted':
      await ground.restart();
      return began;
    case 'replaced': {
      const old = await readyPod(namespace);
      await namespace.core.deleteNamespacedPod({ namespace: namespace.name, name: old, gracePeriodSeconds: 0 });
      await readyPod(namespace, old);
      return Date.now();
    }
  }
}

/** The name of the workspace's pod, once it is ready and not `old`. */
async function readyPod({ core, name: namespace }: TestNamespace, old?: string): Promise<string> {
  const find = async (): Promise<string | undefined> => {
    const { items } = await core.listNamespacedPod({ namespace, labelSelector: `guildnet.io/id=${id}` });
    const ready = items.find(
      ({ metadata, status }) =>
        metadata?.deletionTimestamp === undefined &&
        metadata?.name !== old &&
        status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true,
    );
    return ready?.metadata?.name;
  };
  return waitUntil(find, { what: 'the pod of the numbers to be ready', ...patience });
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
