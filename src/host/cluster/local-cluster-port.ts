import type { ReportProgress } from '#contract/progress.ts';

/** What the host needs of the local cluster. The room that builds one is given in by whoever makes the host. */
export interface LocalClusterPort {
  availability(): { available: true } | { available: false; reason: string; remedy: string };
  up(options: { report: ReportProgress; signal?: AbortSignal }): Promise<{ kubeconfigPath: string; started: boolean }>;
  down(): Promise<void>;
  /** Asked before `up`, so that one that was running already is left running when `up` is given up half-way. */
  status?(): Promise<{
    phase: 'absent' | 'stopped' | 'running' | 'degraded';
    kubeconfigPath?: string | undefined;
  }>;
}
