import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plainTest } from 'vitest';
import type { CheckReport, DoctorReport } from '#contract/doctor.ts';
import { grantManifest } from '#test/grant-manifest.ts';
import { limitedKubeconfig } from '#test/limited-kubeconfig.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { deriveKubeconfig } from '#test/kube/kubeconfig.ts';
import { connectKube } from '../kube/kube.ts';
import { createLog } from '../observability/log.ts';
import { ensureCrd } from '../operator/crd-install.ts';
import { namespaceRules } from '../operator/rbac-rules.ts';
import { examine } from './doctor.ts';

/** What the doctor says in a folder of its own; `config`: what stands in its config.yaml. */
async function examined(env: NodeJS.ProcessEnv, namespace?: string, config?: string): Promise<DoctorReport> {
  const home = await mkdtemp(join(tmpdir(), 'guildnet-doctor-'));
  try {
    if (config !== undefined) await writeFile(join(home, 'config.yaml'), config);
    return await examine({
      env: { HOME: home, LISTEN_LOCAL: '127.0.0.1:0', ...env },
      home,
      certsFolder: join(home, 'certs'),
      namespace,
      limitMs: 90_000,
    });
  } finally {
    await rm(home, { recursive: true });
  }
}

function checkOf({ checks }: DoctorReport, id: string): CheckReport {
  const found = checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`there is no check ${id}`);
  return found;
}

const statesOf = (report: DoctorReport, ...ids: string[]): string[] => ids.map((id) => checkOf(report, id).state);

describe.concurrent('the doctor', () => {
  test('finds nothing wrong with rights, resource and clock of an administrator, and that there is no node', async ({
    namespace,
  }) => {
    const kube = await connectKube(
      { kind: 'kubeconfig', path: namespace.kubeconfigPath },
      { namespace: namespace.name },
    );
    await ensureCrd(kube, createLog({ level: 'silent' }));
    kube.close();
    const report = await examined({ KUBECONFIG: namespace.kubeconfigPath }, namespace.name);
    expect(
      statesOf(report, 'configuration', 'cluster', 'namespace', 'crd', 'rights', 'clock', 'passwords', 'images'),
    ).toEqual(Array.from({ length: 8 }, () => 'ok'));
    expect(checkOf(report, 'nodes').findings[0]?.message).toContain('has no node');
    expect(report.state).toBe('error');
  });

  test.for([
    ['a person', { user: 'doctor@example.org' }],
    ['a service account', {}],
  ] as const)('is content with what guildnet rbac grants to %s', async ([, grant], { namespace }) => {
    await using file = await grantManifest(namespace, grant);
    const report = await examined({ KUBECONFIG: file.path }, namespace.name);
    expect(checkOf(report, 'rights').findings).toEqual([
      { state: 'ok', message: expect.stringMatching(/^All \d+ permissions/) as string },
    ]);
    expect(statesOf(report, 'cluster', 'namespace')).toEqual(['ok', 'ok']);
  });

  test('names each rule that is not granted, and what it is for', async ({ namespace }) => {
    const rules = namespaceRules.filter(
      ({ resources }) => !resources.includes('secrets') && !resources.includes('pods'),
    );
    await using file = await limitedKubeconfig(namespace, rules);
    const report = await examined({ KUBECONFIG: file.path }, namespace.name);
    const { state, findings } = checkOf(report, 'rights');
    expect(state).toBe('error');
    const about = (words: string): string | undefined => findings.find(({ message }) => message.includes(words))?.state;
    expect(about(' pods in namespace')).toBe('error');
    expect(about(' secrets in namespace')).toBe('warning');
    expect(about(' nodes in the whole cluster')).toBe('warning');
    expect(about(' deployments.apps in namespace')).toBeUndefined();
    expect(findings.find(({ message }) => message.includes('secrets'))?.remedy).toContain(
      `--namespace ${namespace.name}`,
    );
  });

  test('says what keeps it from the cluster once, and passes over the rest', async ({ namespace }) => {
    await using wrong = await deriveKubeconfig(namespace.kubeconfigPath, { user: { token: 'nonsense' } });
    const report = await examined({ KUBECONFIG: wrong.path }, namespace.name);
    expect(checkOf(report, 'cluster')).toMatchObject({
      state: 'error',
      findings: [{ message: expect.stringContaining('credentials') as string, remedy: expect.any(String) as string }],
    });
    const others = ['namespace', 'crd', 'rights', 'nodes', 'images', 'network-policies', 'passwords', 'clock'];
    expect(statesOf(report, ...others)).toEqual(others.map(() => 'skipped'));
  });

  test('a namespace that is not there is told', async ({ namespace }) => {
    const report = await examined({ KUBECONFIG: namespace.kubeconfigPath }, `${namespace.name}-not`);
    expect(checkOf(report, 'namespace').findings[0]?.remedy).toContain('kubectl create namespace');
  });
});

plainTest('settings that cannot be read are told, and the rest is looked at all the same', async () => {
  const report = await examined({ WORKSPACE_LB: 'perhaps' }, undefined, 'wake: sometimes\n');
  const { state, findings } = checkOf(report, 'configuration');
  expect(state).toBe('error');
  expect(findings.map(({ message }) => message).join()).toMatch(/wake.*WORKSPACE_LB/s);
  expect(checkOf(report, 'port').state).toBe('skipped');
  expect(checkOf(report, 'disk').findings[0]?.message).toContain('GiB are left');
  expect(checkOf(report, 'cluster').findings[0]?.message).toBe('No cluster is configured.');
});
