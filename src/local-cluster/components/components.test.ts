import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { node as nodePrograms } from '../build/go-programs.ts';
import { clusterNetwork, type ClusterPlan } from '../cluster-plan.ts';
import { makePlan } from '../make-plan.ts';
import { statePaths } from '../paths.ts';
import { clusterObjects } from '../node/cluster-objects.ts';
import { componentNames, flags } from './component.ts';
import { cniConflist, containerdToml } from './containerd.ts';
import { corefile } from './coredns.ts';
import { kubeletConfig } from './kubelet.ts';
import { componentNamesOf, componentOf } from './levels.ts';

const ports = { etcd: 2379, etcdPeer: 2380, apiServer: 6443, controllerManager: 10257 };
const node = {
  containerd: '/b/containerd',
  cniPlugins: '/b/cni',
  coredns: '/b/coredns',
  localPathProvisioner: '/b/lpp',
  nodeInit: '/b/init',
  runc: '/usr/sbin/runc',
};
const paths = statePaths('/s');
const nodePlan: ClusterPlan = makePlan({ name: 'x', level: 'node', ports, subnet: 3 }, paths, {
  kubernetes: '/b/k',
  node,
});
const lightPlan: ClusterPlan = makePlan({ name: 'x', level: 'control-plane', ports }, paths, { kubernetes: '/b/k' });
const argsOf = (plan: ClusterPlan, name: (typeof componentNames)[number]) => componentOf(plan, name, []).command.args;

describe('flags', () => {
  it('writes values and leaves out what is undefined', () => {
    expect(flags({ a: 'b', c: 1, d: false, e: undefined })).toEqual(['--a=b', '--c=1', '--d=false']);
  });
});

describe('components', () => {
  it.each(componentNames)('%s can be started, with no secret in its arguments and no tilde of a shell', (name) => {
    const component = componentOf(nodePlan, name, ['1.1.1.1']);
    expect(component.name).toBe(name);
    expect(component.command.program).toMatch(/^\//);
    expect(component.command.args.join(' ')).not.toMatch(/BEGIN|undefined|~/);
    expect(component.command.env['PATH']).toContain('/usr/sbin');
  });

  it('listen on loopback at one level and on the node’s address at the other', () => {
    expect(argsOf(lightPlan, 'kube-apiserver')).toContain('--bind-address=127.0.0.1');
    expect(argsOf(nodePlan, 'kube-apiserver')).toContain('--bind-address=10.95.3.2');
    expect(argsOf(nodePlan, 'kube-apiserver')).toContain('--etcd-servers=https://10.95.3.2:2379');
  });

  it('may lose the last writes of a test, never a person’s', () => {
    expect(argsOf(lightPlan, 'etcd')).toContain('--unsafe-no-fsync=true');
    expect(argsOf(nodePlan, 'etcd').join(' ')).not.toContain('no-fsync');
  });

  it('belong to a level', () => {
    expect(componentNamesOf('node')).toEqual([...componentNames]);
    expect(componentNamesOf('control-plane')).toEqual(['etcd', 'kube-apiserver', 'kube-controller-manager']);
    expect(() => componentOf(lightPlan, 'containerd', [])).toThrow('node level only');
  });
});

describe('configuration files', () => {
  it('containerd: own folders, own socket, no pause image from a registry', () => {
    const toml = containerdToml(nodePlan, node);
    for (const line of [
      'root = "/s/containerd"',
      'address = "/s/containerd.sock"',
      'sandbox = "guildnet.local/pause:1"',
      'BinaryName = "/usr/sbin/runc"',
    ]) {
      expect(toml).toContain(line);
    }
  });

  it('network: the pods’ range, routed', () => {
    const ipam = { dataDir: '/s/cni-leases', ranges: [[{ subnet: clusterNetwork.podCidr }]] };
    expect(JSON.parse(cniConflist(nodePlan))).toMatchObject({
      plugins: [{ type: 'ptp', ipam }, { type: 'portmap' }],
    });
  });

  it('kubelet: nobody without a certificate, pods in a control group of the cluster’s own', () => {
    expect(parse(kubeletConfig(nodePlan))).toMatchObject({
      authentication: { anonymous: { enabled: false } },
      authorization: { mode: 'Webhook' },
      cgroupRoot: expect.stringMatching(/^\/guildnet-x-[0-9a-f]{8}$/),
      clusterDNS: ['10.96.0.10'],
      resolvConf: '/s/config/resolv.conf',
      readOnlyPort: 0,
    });
  });

  it.each([
    [['9.9.9.9', '1.1.1.1'], '  forward . 9.9.9.9 1.1.1.1\n'],
    [[], undefined],
  ])('CoreDNS asks %j about the rest of the world', (upstream, line) => {
    const text = corefile(nodePlan, upstream);
    if (line === undefined) expect(text).not.toContain('forward');
    else expect(text).toContain(line);
    expect(text).toContain('kubernetes cluster.local in-addr.arpa {');
  });
  it('uses no more of CoreDNS than is built', () => {
    const main = readFileSync(new URL('../recipe/programs/coredns/main.go', import.meta.url), 'utf8');
    const imported = [...main.matchAll(/coredns\/plugin\/(\w+)"/g)].map(([, plugin]) => plugin);
    const ordered = /Directives = \[\]string\{(.*)\}/.exec(main)?.[1]?.match(/\w+/g) ?? [];
    const used = [...corefile(nodePlan, ['10.0.0.53']).matchAll(/^ {2}(\w+)/gm)].map(([, plugin]) => plugin);
    expect(new Set(imported)).toEqual(new Set(used));
    expect(new Set(ordered)).toEqual(new Set(used));
  });
  it('connects pods by plugins that are built', () => {
    const { plugins } = z
      .object({ plugins: z.array(z.object({ type: z.string(), ipam: z.object({ type: z.string() }).optional() })) })
      .parse(JSON.parse(cniConflist(nodePlan)));
    const used = plugins.flatMap(({ type, ipam }) => (ipam === undefined ? [type] : [type, ipam.type]));
    expect(Object.values(nodePrograms.packages)).toEqual(expect.arrayContaining(used));
  });
});

describe('clusterObjects', () => {
  const objects = clusterObjects(nodePlan);
  it('puts each object under a path that ends in its name', () => {
    for (const { path, object } of objects) {
      expect(path.endsWith(`/${(object['metadata'] as { name: string }).name}`)).toBe(true);
    }
  });
  it('leads the DNS Service to the node, and makes volumes local by default', () => {
    const find = (name: string) => objects.find(({ path }) => path.endsWith(name))?.object;
    expect(find('endpointslices/kube-dns')).toMatchObject({ endpoints: [{ addresses: ['10.95.3.2'] }] });
    expect(find('services/kube-dns')).toMatchObject({ spec: { clusterIP: '10.96.0.10' } });
    expect(find('storageclasses/local-path')).toMatchObject({
      metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true', defaultVolumeType: 'local' } },
    });
  });
});
