import { join } from 'node:path';
import type { ClusterPlan, NodePrograms } from '../cluster-plan.ts';
import { localImages } from '../images.ts';
import { componentEnv, type Component } from './component.ts';

export function containerd(plan: ClusterPlan, programs: NodePrograms): Component {
  const config = join(plan.paths.config, 'containerd.toml');
  const network = join(plan.paths.cniConfig, '10-guildnet.conflist');
  return {
    name: 'containerd',
    command: {
      program: join(programs.containerd, 'containerd'),
      args: ['--config', config],
      env: { ...componentEnv(plan), ...proxySettings(process.env) },
    },
    files: [
      { path: config, content: containerdToml(plan, programs) },
      { path: network, content: cniConflist(plan) },
    ],
    health: { kind: 'socket', path: plan.paths.containerdSocket },
    graceMs: 10_000,
  };
}

/** Images are pulled through the proxy the user has set, if any. No other component may use it: they talk to each other only. */
function proxySettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'SSL_CERT_FILE'];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

export function containerdToml(plan: ClusterPlan, programs: NodePrograms): string {
  // A JSON string is a TOML basic string.
  const text = (value: string): string => JSON.stringify(value);
  const disabled = ['btrfs', 'zfs', 'devmapper', 'blockfile', 'erofs'].map(
    (name) => `io.containerd.snapshotter.v1.${name}`,
  );
  const runtime = `plugins."io.containerd.cri.v1.runtime"`;
  const images = `plugins."io.containerd.cri.v1.images"`;
  return `version = 3
root = ${text(plan.paths.containerdRoot)}
# In memory that ends with the node: what it describes (running containers) ends then too.
state = "/run/containerd"
oom_score = 0
disabled_plugins = ${JSON.stringify([...disabled, 'io.containerd.nri.v1.nri', 'io.containerd.tracing.processor.v1.otlp'])}

[grpc]
  address = ${text(plan.paths.containerdSocket)}

[${images}]
  snapshotter = "overlayfs"
  [${images}.pinned_images]
    sandbox = ${text(localImages.pause)}

[${runtime}]
  # Where we may not lower a score (inside a container, say), containers start nevertheless.
  restrict_oom_score_adj = true
  # A profile would be loaded into the host's kernel and stay there.
  disable_apparmor = true
  [${runtime}.cni]
    bin_dirs = [${text(programs.cniPlugins)}]
    conf_dir = ${text(plan.paths.cniConfig)}
  [${runtime}.containerd]
    default_runtime_name = "runc"
    [${runtime}.containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [${runtime}.containerd.runtimes.runc.options]
        BinaryName = ${text(programs.runc)}
        SystemdCgroup = false
`;
}

/**
 * A pair of interfaces for each pod, so that what one pod sends to another is routed, and seen by the node's packet filter on every
 * kernel; over a bridge it is only with br_netfilter. Pods reach the world as the node.
 */
export function cniConflist(plan: ClusterPlan): string {
  const pair = {
    type: 'ptp',
    ipMasq: true,
    ipam: {
      type: 'host-local',
      dataDir: plan.paths.cniLeases,
      ranges: [[{ subnet: plan.podCidr }]],
      routes: [{ dst: '0.0.0.0/0' }],
    },
  };
  const portmap = { type: 'portmap', capabilities: { portMappings: true } };
  return `${JSON.stringify({ cniVersion: '1.0.0', name: 'guildnet', plugins: [pair, portmap] }, undefined, 2)}\n`;
}
