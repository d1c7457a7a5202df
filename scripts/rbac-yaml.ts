import { rbacYaml } from '#host/operator/rbac.ts';

/** Where the generated RBAC manifest lies for those who install it by hand. */
export const rbacFile = new URL('../crds/rbac.yaml', import.meta.url);

const note = `# What a GuildNet host needs, for clusters where it is not an administrator. \`guildnet rbac\` prints it for other namespaces
# and users. Generated from src/host/operator/rbac-rules.ts by \`npm run generate:crd\`. Do not edit.
#
#   kubectl create namespace guildnet
#   kubectl -n guildnet create serviceaccount guildnet
#   kubectl apply -f crds/guildnet.io_workspaces.yaml -f crds/rbac.yaml
`;

/** The RBAC file's exact content. */
export function rbacFileContent(): string {
  return note + rbacYaml({ namespace: 'guildnet', subject: { kind: 'ServiceAccount', name: 'guildnet' } });
}
