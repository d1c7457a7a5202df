import { join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import { whyUnhealthy } from './api/health.ts';
import type { ClusterPlan } from './cluster-plan.ts';
import type { Component } from './components/component.ts';
import { commandFingerprint, launchProcess, type Command } from './process/launch-process.ts';
import { logTail } from './process/log-tail.ts';
import { isRunning, processRecords, recordOf } from './process/process-record.ts';
import { stopProcess } from './process/stop-process.ts';
import { waitUntil } from './wait-until.ts';
import { writeConfig } from './write-file.ts';

/** Starts a command that outlives us and returns the pid, as the host sees it, of the program itself. */
export type Launcher = (command: Command, logFile: string) => Promise<number>;

const healthTimeoutMs = 90_000;

/** Start, stop and health of a cluster's components. What is recorded on disk is all that is known; there is no daemon. */
export function componentProcesses(plan: ClusterPlan, launch: Launcher = launchProcess) {
  const records = processRecords(plan.paths.processes);
  const logOf = (name: string): string => join(plan.paths.logs, `${name}.log`);

  async function running(name: string): Promise<boolean> {
    return await isRunning(await records.read(name));
  }

  /** Starts the component unless it runs as it should; one that runs with other arguments is stopped first. True when it was started. */
  async function start(component: Component): Promise<boolean> {
    for (const { path, content } of component.files) await writeConfig(path, content);
    const fingerprint = commandFingerprint(component.command, component.files);
    const existing = await records.read(component.name);
    if (existing !== undefined && (await isRunning(existing))) {
      if (existing.fingerprint === fingerprint) return false;
      await stopProcess(existing, component.graceMs);
    }
    const pid = await launch(component.command, logOf(component.name));
    const record = await recordOf(pid, fingerprint);
    if (record === undefined) throw await endedError(component);
    await records.write(component.name, record);
    return true;
  }

  /** Resolves when the component says that it works. Ends at once, with the tail of its log, when its process has ended. */
  async function healthy(component: Component, signal?: AbortSignal): Promise<void> {
    let reason: string | undefined;
    await waitUntil(
      async () => {
        if (!(await running(component.name))) throw await endedError(component);
        reason = await whyUnhealthy(plan, component.health);
        return reason === undefined;
      },
      {
        what: `${component.name} to work`,
        timeoutMs: healthTimeoutMs,
        intervalMs: 30,
        signal,
        explain: async () => `It ${reason ?? ''}\n${await logTail(logOf(component.name))}`,
        remedy: `Its log is ${logOf(component.name)}.`,
      },
    );
  }

  async function stop(component: Pick<Component, 'name' | 'graceMs'>): Promise<void> {
    const record = await records.read(component.name);
    if (record === undefined) return;
    await stopProcess(record, component.graceMs);
    await records.forget(component.name);
  }

  async function endedError(component: Component): Promise<GuildNetError> {
    const log = logOf(component.name);
    return new GuildNetError('create_failed', `${component.name} ended right after its start:\n${await logTail(log)}`, {
      remedy: `Its log is ${log}.`,
    });
  }

  return { start, stop, healthy, running, records, logOf };
}
export type ComponentProcesses = ReturnType<typeof componentProcesses>;
