import { enforcementNote, findEnforcement } from '../../cluster/network-enforcement.ts';
import { ok, skipped, warning } from '../check.ts';
import type { Check } from '../check.ts';
import { withoutCluster } from './cluster.ts';

export const networkPolicies: Check = {
  id: 'network-policies',
  title: 'Workspaces apart',
  inapplicable: (patient) =>
    patient.operator?.networkPolicy === false ? 'WORKSPACE_NETWORK_POLICY is off.' : withoutCluster(patient),
  check: async (patient) => {
    const found = await findEnforcement(await patient.kube());
    const note = enforcementNote(found);
    if (note === undefined) return [ok('Something in the cluster keeps NetworkPolicies, and so workspaces apart.')];
    return [found === 'unknown' ? skipped(note.message) : warning(note.message, note.remedy ?? '')];
  },
};
