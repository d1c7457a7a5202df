import type { ClusterState } from '#contract/cluster.ts';

export type Tone = 'good' | 'wait' | 'bad' | 'quiet';

export interface ClusterWords {
  /** One or two words for the sidebar. */
  short: string;
  title: string;
  /** What it means for the person, when the state brings no problem text of its own. */
  text: string;
  tone: Tone;
}

/** How each state of the connection to the cluster is said. */
export function clusterWords(cluster: ClusterState): ClusterWords {
  switch (cluster.phase) {
    case 'none':
      return {
        short: 'None',
        title: 'No cluster yet',
        text: 'Workspaces run on Kubernetes. Use the cluster that GuildNet can run on this machine, or one of your own.',
        tone: 'quiet',
      };
    case 'building':
      return {
        short: 'Preparing',
        title: 'The local cluster is being prepared',
        text: 'The first time takes several minutes, later starts take seconds. Workspaces can be launched when it is online.',
        tone: 'wait',
      };
    case 'connecting':
      return {
        short: 'Connecting',
        title: 'Connecting to the cluster',
        text: 'Waiting for the first answer of its API server.',
        tone: 'wait',
      };
    case 'online':
      return { short: 'Online', title: 'The cluster is online', text: 'Workspaces can be launched.', tone: 'good' };
    case 'offline':
      return {
        short: 'Offline',
        title: 'The cluster does not answer',
        text: 'GuildNet keeps trying. Workspaces that run there go on running.',
        tone: 'bad',
      };
    case 'refused':
      return {
        short: 'Refused',
        title: 'The cluster cannot be used',
        text: 'It answers and does not let GuildNet in, or its configuration cannot be read.',
        tone: 'bad',
      };
  }
}

/** Where the cluster comes from, for people who have several. */
export function sourceWords(source: ClusterState['source']): string | undefined {
  switch (source) {
    case 'kubeconfig':
      return 'your kubeconfig';
    case 'in-cluster':
      return 'the cluster GuildNet runs in';
    case 'local':
      return 'the local cluster on this machine';
    case undefined:
      return undefined;
  }
}
