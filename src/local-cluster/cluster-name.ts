import { GuildNetError } from '#contract/errors.ts';

/** Names end up in a node name, an interface name, cgroup folders and iptables comments: letters, digits and dashes fit all of them. */
const pattern = /^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/;

/** @throws GuildNetError `bad_config` */
export function assertClusterName(name: string): void {
  if (pattern.test(name)) return;
  throw new GuildNetError('bad_config', `"${name}" is no name for a local cluster.`, {
    remedy: 'Use 1 to 32 lower-case letters, digits and dashes, starting with a letter.',
  });
}
