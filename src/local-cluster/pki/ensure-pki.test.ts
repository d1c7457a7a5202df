import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ensurePki } from './ensure-pki.ts';
import { authorities, kubeconfigUsers, pkiPlan } from './pki-plan.ts';

describe('ensurePki', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guildnet-pki-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const inputs = { address: '10.95.1.2', serviceAddress: '10.96.0.1', nodeName: 'guildnet-x' };
  const ensure = (address: string): Promise<void> =>
    ensurePki(
      { pki: join(folder, 'pki'), kubeconfigs: join(folder, 'users'), adminKubeconfig: join(folder, 'kubeconfig') },
      { ...inputs, address, clusterName: 'x', server: `https://${address}:6443` },
    );
  const read = (file: string): Promise<string> => readFile(join(folder, 'pki', file), 'utf8');

  it('makes everything once, renews only leaves whose address changed', async () => {
    await ensure('10.95.1.2');
    const [authority, server, admin, account] = await Promise.all(
      ['ca.crt', 'kube-apiserver.crt', 'admin.crt', 'service-account.key'].map(read),
    );
    await ensure('10.95.1.2');
    expect(await read('kube-apiserver.crt')).toBe(server);

    await ensure('10.95.9.2');
    expect(await read('ca.crt')).toBe(authority);
    expect(await read('admin.crt')).toBe(admin);
    expect(await read('service-account.key')).toBe(account);
    expect(new X509Certificate(await read('kube-apiserver.crt')).checkIP('10.95.9.2')).toBe('10.95.9.2');
    const kubeconfig: unknown = parse(await readFile(join(folder, 'kubeconfig'), 'utf8'));
    expect(kubeconfig).toMatchObject({ clusters: [{ cluster: { server: 'https://10.95.9.2:6443' } }] });
  });

  it('keeps keys to their owner', async () => {
    const modes = await Promise.all(
      ['pki/ca.key', 'kubeconfig', 'users/kubelet'].map((file) => stat(join(folder, file))),
    );
    expect(modes.map(({ mode }) => mode & 0o077)).toEqual([0, 0, 0]);
  });

  it('has a certificate for every kubeconfig, and one name for one file', () => {
    const files = pkiPlan(inputs).map(({ file }) => file);
    expect(new Set(files).size).toBe(files.length);
    for (const user of kubeconfigUsers) expect(files).toContain(user);
    for (const authority of authorities) expect(files).not.toContain(authority);
  });
});
