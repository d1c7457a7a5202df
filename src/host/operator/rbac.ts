import { Document, isMap, isScalar, isSeq, visit } from 'yaml';
import { endBindingName } from './namespace-end/live-end.ts';
import { clusterRules, endRules, namespaceRules } from './rbac-rules.ts';
import type { ExplainedRule } from './rbac-rules.ts';

/** Who is granted it: a ServiceAccount of the namespace, or a person or group of the cluster. */
export type RbacSubject = { kind: 'ServiceAccount' | 'User' | 'Group'; name: string };

export interface RbacObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  rules?: readonly Omit<ExplainedRule, 'why'>[];
  roleRef?: { apiGroup: string; kind: string; name: string };
  subjects?: readonly object[];
}

export interface RbacOptions {
  /** Where the workspaces live. */
  namespace: string;
  subject: RbacSubject;
}

const apiGroup = 'rbac.authorization.k8s.io';
const roles = { cluster: 'guildnet-cluster', host: 'guildnet-host' } as const;

/** The roles that a host needs where it is no administrator, and their bindings to `subject`. */
export function rbacObjects(options: RbacOptions): RbacObject[] {
  return explainedObjects(options).map(({ rules, ...object }) =>
    rules === undefined ? object : { ...object, rules: rules.map(({ why: _why, ...rule }) => rule) },
  );
}

/** The same as a manifest for `kubectl apply`, with the reason for each rule above it. */
export function rbacYaml(options: RbacOptions): string {
  const reasons = explainedObjects(options).map(({ rules }) => rules?.map(({ why }) => why));
  const documents = rbacObjects(options).map((object, place) => {
    const document = new Document(object, { aliasDuplicateObjects: false });
    visit(document, {
      Seq: (key, seq) => {
        if (key === null || seq.items.every(isScalar)) seq.flow = true;
      },
      Pair: (_key, pair) => {
        if (!isScalar(pair.key) || pair.key.value !== 'rules' || !isSeq(pair.value)) return;
        for (const [index, rule] of pair.value.items.entries())
          if (isMap(rule)) rule.commentBefore = ` ${reasons[place]?.[index] ?? ''}`;
      },
    });
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
  });
  return documents.join('---\n');
}

function explainedObjects({ namespace, subject }: RbacOptions): (Omit<RbacObject, 'rules'> & {
  rules?: readonly ExplainedRule[];
})[] {
  const apiVersion = `${apiGroup}/v1`;
  const subjects = subject.kind === 'ServiceAccount' ? [{ ...subject, namespace }] : [{ apiGroup, ...subject }];
  const { cluster, host } = roles;
  // A ClusterRole of its own for each namespace, since it names who is granted it.
  const end = `${endBindingName}-${namespace}`;
  return [
    { apiVersion, kind: 'ClusterRole', metadata: { name: cluster }, rules: clusterRules },
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      // One for each namespace: hosts on several of them do not take the role from one another.
      metadata: { name: `${cluster}-${namespace}` },
      roleRef: { apiGroup, kind: 'ClusterRole', name: cluster },
      subjects,
    },
    { apiVersion, kind: 'Role', metadata: { name: host, namespace }, rules: namespaceRules },
    {
      apiVersion,
      kind: 'RoleBinding',
      metadata: { name: host, namespace },
      roleRef: { apiGroup, kind: 'Role', name: host },
      subjects,
    },
    {
      apiVersion,
      // Not of the namespace, so that it does not go with that; what it grants is granted in the namespace alone, by the binding.
      kind: 'ClusterRole',
      metadata: { name: end },
      rules: endRules(subject.kind === 'ServiceAccount' ? [subject.name] : []),
    },
    {
      apiVersion,
      kind: 'RoleBinding',
      metadata: { name: endBindingName, namespace },
      roleRef: { apiGroup, kind: 'ClusterRole', name: end },
      subjects,
    },
  ];
}
