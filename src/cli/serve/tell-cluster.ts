import type { HostEvent } from '#contract/events.ts';
import type { ReportProgress } from '#contract/progress.ts';
import type { Output } from '../output/output.ts';
import { clusterText } from './cluster-text.ts';

/**
 * What tells the person, or with --json the program, who runs `serve` what becomes of its cluster: `ready` on stdout,
 * problems on stderr, the progress of the local cluster as one line that moves on. Nothing is said twice.
 */
export function clusterTeller(output: Output, report: ReportProgress): (event: HostEvent) => void {
  let said = '';
  return (event) => {
    if (event.type !== 'snapshot' && event.type !== 'cluster') return;
    const { cluster } = event;
    if (!output.json && cluster.phase === 'building' && cluster.progress !== undefined) {
      report(cluster.progress);
      return;
    }
    const text = output.json ? JSON.stringify(cluster) : clusterText(cluster);
    if (text === said) return;
    said = text;
    if (cluster.phase === 'online' || output.json) output.result({ type: 'cluster', cluster }, () => text);
    else output.note(text);
  };
}
