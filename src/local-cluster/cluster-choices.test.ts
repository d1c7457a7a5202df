import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { availabilityOf } from './availability.ts';
import { phaseOf } from './cluster-status.ts';
import { assertClusterName } from './cluster-name.ts';
import { chooseFreePorts, isPortFree } from './free-port.ts';
import { defaultPaths, defaultStateDir } from './paths.ts';
import { nodeCommand } from './node/namespaces.ts';
import { makePlan } from './make-plan.ts';
import { statePaths } from './paths.ts';

describe('assertClusterName', () => {
  it.each(['local', 'a', 'test-2', 'a'.repeat(32)])('takes %s', (name) => {
    expect(() => assertClusterName(name)).not.toThrow();
  });
  it.each(['', 'Local', '2nd', '-a', 'a-', 'a b', 'a/b', '..', 'a'.repeat(33)])('refuses %j', (name) => {
    expect(() => assertClusterName(name)).toThrow(expect.objectContaining({ code: 'bad_config' }));
  });
});

describe('availabilityOf', () => {
  const linux = { platform: 'linux', arch: 'x64', root: true } as const;
  it.each([
    ['node', linux, true],
    ['node', { ...linux, root: false }, false],
    ['control-plane', { ...linux, root: false }, true],
    ['control-plane', { ...linux, platform: 'darwin' }, false],
    ['node', { ...linux, arch: 'riscv64' }, false],
  ] as const)('%s on %j: %s', (level, machine, available) => {
    const found = availabilityOf(level, machine);
    expect(found.available).toBe(available);
    if (!found.available) expect(found.remedy).not.toBe('');
  });
});

test.each([
  [undefined, 'npm run -s guildnet -- cluster up'],
  ['/opt/GuildNet/resources/bin/guildnet', 'sudo -E "/opt/GuildNet/resources/bin/guildnet" cluster up'],
])('without root, the command to type where the own command is %s', (command, words) => {
  const found = availabilityOf('node', { platform: 'linux', arch: 'x64', root: false, command });
  expect(found).toMatchObject({ available: false, remedy: expect.stringContaining(words) });
});

describe('defaultPaths', () => {
  it.each([
    [{ HOME: '/h' }, '/h/.guildnet', '/h/.cache/guildnet'],
    [{ HOME: '/h', XDG_CACHE_HOME: '/c' }, '/h/.guildnet', '/c/guildnet'],
    [{ HOME: '/h', XDG_CACHE_HOME: '', GUILDNET_HOME: '/g', GUILDNET_CACHE: '/gc' }, '/g', '/gc'],
  ])('%j', (env, home, cache) => {
    expect(defaultPaths(env)).toEqual({ home: join(home), cache: join(cache) });
  });
  it('has a folder for each cluster', () => {
    expect(defaultStateDir('/g', 'test')).toBe(join('/g', 'clusters', 'test'));
  });
});

describe('free ports', () => {
  it('are different from each other and free', async () => {
    const ports = await chooseFreePorts(4);
    expect(new Set(ports).size).toBe(4);
    expect(await Promise.all(ports.map((port) => isPortFree(port)))).toEqual([true, true, true, true]);
  });
});

describe('nodeCommand', () => {
  const ports = { etcd: 1, etcdPeer: 2, apiServer: 3, controllerManager: 4 };
  const plan = makePlan({ name: 'x', level: 'node', ports, subnet: 3 }, statePaths('/s'), { kubernetes: '/k' });
  const programs = {
    containerd: '',
    cniPlugins: '',
    coredns: '',
    localPathProvisioner: '',
    nodeInit: '/init',
    runc: '',
  };
  const command = nodeCommand(plan, programs, ['/s', '/c'], '/s/tmp/ready').join(' ');
  it('makes namespaces that end with their first process, and hides what belongs to the host', () => {
    expect(command).toMatch(/^--mount --net --pid --ipc --fork --kill-child --mount-proc \/init -keep \/s -keep \/c /);
    for (const folder of ['/run', '/var/lib', '/var/log']) expect(command).toContain(`-cover ${folder}`);
    expect(command).toContain('-pretend /proc/sys/kernel/panic=10');
  });
});

describe('phaseOf', () => {
  it.each([
    [[false, false], 'stopped'],
    [[true, false], 'degraded'],
    [[true, true], 'running'],
  ])('%j is %s', (running, phase) => {
    expect(phaseOf(running.map((one) => ({ running: one })))).toBe(phase);
  });
});
