import type { Progress } from '#contract/progress.ts';
import type { LocalClusterPort } from './local-cluster-port.ts';
import { throttle } from './throttle.ts';

/** How often building is reported: often enough to look alive. */
const reportEvery = 150;

export type BroughtUp =
  | { kind: 'up'; kubeconfigPath: string; startedHere: boolean }
  /** Given up half-way; `startedHere`: something of it may be running that did not run before. */
  | { kind: 'aborted'; startedHere: boolean };

export interface BringUpOptions {
  report: (progress: Progress | undefined) => void;
  signal: AbortSignal;
}

/** Brings the local cluster up, reporting at a bearable pace. Rejects with what the local cluster says is wrong. */
export async function bringUp(port: LocalClusterPort, { report, signal }: BringUpOptions): Promise<BroughtUp> {
  const paced = throttle(report, reportEvery);
  let ranBefore = false;
  paced(undefined);
  try {
    ranBefore = ['running', 'degraded'].includes((await port.status?.())?.phase ?? 'stopped');
    const { kubeconfigPath, started } = await port.up({ report: paced, signal });
    return { kind: 'up', kubeconfigPath, startedHere: started };
  } catch (error) {
    if (signal.aborted) return { kind: 'aborted', startedHere: !ranBefore };
    throw error;
  } finally {
    paced.cancel();
  }
}
