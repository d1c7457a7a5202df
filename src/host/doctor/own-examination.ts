import type { DoctorReport } from '#contract/doctor.ts';
import type { Chosen } from '../cluster/chosen-source.ts';
import type { LocalClusterPort } from '../cluster/local-cluster-port.ts';
import type { ClusterSource } from '../kube/kube.ts';
import type { ExamineOptions } from './doctor.ts';

export interface OwnExaminationOptions
  extends Pick<ExamineOptions, 'env' | 'home' | 'certsFolder' | 'flags' | 'tailnet'> {
  localCluster: LocalClusterPort | undefined;
  /** Context and namespace that the host works with, where they were said. */
  chosen(): Chosen;
  /** Whether the host is connected to its local cluster, whatever else is configured. */
  usesLocal(): boolean;
}

/** What a host finds when it is asked to examine itself. Who asks while it looks is told the same: a look is some hundred requests. */
export function createOwnExamination({
  usesLocal,
  chosen,
  ...options
}: OwnExaminationOptions): () => Promise<DoctorReport> {
  let running: Promise<DoctorReport> | undefined;

  async function look(): Promise<DoctorReport> {
    // Loaded when somebody asks, which hardly anybody does.
    const [{ examine }, local] = await Promise.all([import('./doctor.ts'), localSource(options.localCluster)]);
    const { context, namespace } = chosen();
    const flags = context === undefined ? options.flags : { ...options.flags, context };
    return examine({
      ...options,
      ...(flags === undefined ? {} : { flags }),
      namespace,
      otherwise: local,
      source: usesLocal() ? local : undefined,
    });
  }

  return () => {
    running ??= look().finally(() => (running = undefined));
    return running;
  };
}

async function localSource(localCluster: LocalClusterPort | undefined): Promise<ClusterSource | undefined> {
  const status = await localCluster?.status?.();
  if (status?.phase !== 'running' || status.kubeconfigPath === undefined) return undefined;
  return { kind: 'local', kubeconfigPath: status.kubeconfigPath };
}
