import type { Finding } from '#contract/doctor.ts';
import type { LocalClusterPort } from '../../cluster/local-cluster-port.ts';
import { failed, ok, skipped } from '../check.ts';
import type { Check } from '../check.ts';

export type LocalPhase = 'absent' | 'stopped' | 'running' | 'degraded';

/** Pure. */
export function judgeLocalCluster(can: ReturnType<LocalClusterPort['availability']>, phase: LocalPhase): Finding {
  switch (phase) {
    case 'running':
      return ok('The local cluster runs.');
    case 'degraded':
      return failed('Parts of the local cluster have ended.', 'Heal it: guildnet cluster up');
    case 'stopped':
      return ok('The local cluster is stopped; `guildnet cluster up` starts it.');
    case 'absent':
      return can.available
        ? ok('There is no local cluster; `guildnet cluster up` makes one.')
        : skipped(`There is no local cluster, and this computer cannot run one: ${can.reason}`);
  }
}

export const localCluster: Check = {
  id: 'local-cluster',
  title: 'Local cluster',
  inapplicable: ({ localCluster: port }) =>
    port?.status === undefined ? 'This build has no local cluster.' : undefined,
  check: async ({ localCluster: port }) => {
    if (port?.status === undefined) return [];
    const { phase } = await port.status();
    return [judgeLocalCluster(port.availability(), phase)];
  },
};
