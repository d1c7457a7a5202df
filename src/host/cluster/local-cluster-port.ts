import type { ReportProgress } from '#contract/progress.ts';

export interface LocalImage {
  name: string;
  loaded: boolean;
  own: boolean;
  size?: number;
  usedBy: string[];
}

/** What the host needs of the local cluster. The room that builds one is given in by whoever makes the host. */
export interface LocalClusterPort {
  availability(): { available: true } | { available: false; reason: string; remedy: string };
  up(options: { report: ReportProgress; signal?: AbortSignal }): Promise<{ kubeconfigPath: string; started: boolean }>;
  down(options?: { report?: ReportProgress }): Promise<void>;
  /** Asked before `up`, so that one that was running already is left running when `up` is given up half-way. */
  status?(): Promise<{
    phase: 'absent' | 'stopped' | 'running' | 'degraded';
    kubeconfigPath?: string | undefined;
  }>;
  /** The images on its node. Rejects while it does not run. */
  images?(): Promise<LocalImage[]>;
  /** Takes images from an archive on this machine, and returns their names. */
  loadImage?(archive: string): Promise<string[]>;
  /** Removes an image; resolves with its whole name. Rejects with `not_found`, or `conflict` while it is needed. */
  removeImage?(name: string): Promise<string>;
}
