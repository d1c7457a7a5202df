import { describe, expect, it } from 'vitest';
import { imagesText, statusText } from './cluster.ts';

describe('statusText', () => {
  const base = { name: 'local', level: 'node', server: 'https://10.95.1.2:6443', kubeconfigPath: '/k' } as const;
  it('says how to start one that is absent', () => {
    expect(statusText({ name: 'local', phase: 'absent', components: [] })).toContain('guildnet cluster up');
  });
  it('says where a running one is', () => {
    const text = statusText({ ...base, phase: 'running', components: [{ name: 'etcd', running: true, pid: 1 }] });
    expect(text).toBe('The cluster "local" (node) is running.\nserver: https://10.95.1.2:6443\nkubeconfig: /k');
  });
  it('names what does not run', () => {
    const components = [
      { name: 'etcd', running: true },
      { name: 'kubelet', running: false },
    ] as const;
    expect(statusText({ ...base, phase: 'degraded', components: [...components] })).toContain(
      'not running: kubelet\nHeal it',
    );
  });
});

describe('imagesText', () => {
  it('has names whole, and says how large they are, where from and what uses them', () => {
    const name = `guildnet.local/${'a-'.repeat(40)}b:1`;
    const text = imagesText([
      { name: 'a:1', loaded: false, own: true, size: 2 ** 30, usedBy: [] },
      { name, loaded: true, own: false, usedBy: ['workspace a in namespace dev', 'pod a in namespace dev'] },
    ]);
    expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['a:1', '1 GiB', 'own'],
      [name, '-', 'loaded', 'workspace a in namespace dev and 1 more'],
    ]);
  });
});
