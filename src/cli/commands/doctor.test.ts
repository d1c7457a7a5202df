import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { doctorReportSchema } from '#contract/doctor.ts';
import { writeHostFile } from '#host/host-file.ts';
import { guildnetWith } from '#test/cli/run.ts';

/** Nobody's kubeconfig, and a port that is free. */
async function nowhere(): Promise<NodeJS.ProcessEnv> {
  const home = await mkdtemp(join(tmpdir(), 'guildnet-doctor-'));
  onTestFinished(() => rm(home, { recursive: true }));
  return { HOME: home, GUILDNET_HOME: home, LISTEN_LOCAL: '127.0.0.1:0' };
}

test('doctor tells each check, with what to do, and exits with 1 when there is an error', async () => {
  const { code, stdout, stderr } = await guildnetWith(await nowhere(), 'doctor');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toMatch(/^error +Cluster +No cluster is configured\.\n +→ Set KUBECONFIG/m);
  expect(stdout).toMatch(/^skipped +Permissions +No cluster is configured\.$/m);
  expect(stdout).toMatch(/^(?:ok|warning) +Disk +/m);
});

test('while a host runs, doctor says who looked, and how the host itself is asked', async () => {
  const env = await nowhere();
  await writeHostFile(env['HOME'] ?? '', {
    url: 'https://localhost:9443',
    caFile: '/nowhere/ca.crt',
    pid: process.pid,
    startedAt: new Date().toISOString(),
  });
  const { stdout, stderr } = await guildnetWith(env, 'doctor');
  expect(stdout).toContain('A host of yours runs at https://localhost:9443.');
  expect(stderr).toContain('`guildnet doctor --running`');
});

test('doctor --json is the report as the contract has it', async () => {
  const { code, stdout } = await guildnetWith(await nowhere(), 'doctor', '--json');
  expect(code).toBe(1);
  const { state, checks } = doctorReportSchema.parse(JSON.parse(stdout));
  expect(state).toBe('error');
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  for (const found of checks.flatMap(({ findings }) => findings))
    if (found.state === 'error' || found.state === 'warning') expect(found.remedy).not.toBe('');
});
