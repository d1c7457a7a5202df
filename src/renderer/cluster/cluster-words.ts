import type { ClusterState } from '#contract/cluster.ts';
import { t } from '../words/language.ts';

export type Tone = 'good' | 'wait' | 'bad' | 'quiet';

/** How a tone is a dot. */
export const toneDots: Readonly<Record<Tone, string>> = {
  good: 'bg-good-dot',
  wait: 'bg-wait-dot pulse',
  bad: 'bg-bad-dot',
  quiet: 'bg-quiet-dot',
};

export interface ClusterWords {
  /** One or two words for the sidebar. */
  short: string;
  title: string;
  /** What it means for the person, when the state brings no problem text of its own. */
  text: string;
  tone: Tone;
}

const tones: Readonly<Record<ClusterState['phase'], Tone>> = {
  none: 'quiet',
  building: 'wait',
  connecting: 'wait',
  online: 'good',
  offline: 'bad',
  refused: 'bad',
};

/** How each state of the connection to the cluster is said. */
export function clusterWords(cluster: ClusterState): ClusterWords {
  return { ...t().cluster[cluster.phase], tone: tones[cluster.phase] };
}

/** Where the cluster comes from, for people who have several. */
export function sourceWords(source: ClusterState['source']): string | undefined {
  return source === undefined ? undefined : t().cluster.sources[source];
}
