import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import type { ReportProgress } from '#contract/progress.ts';
import { forgetArtefacts } from './build/forget-artefacts.ts';
import { availabilityOf, type Availability } from './availability.ts';
import { ownCommand } from './build/own-node.ts';
import { chooseRecord } from './choose-record.ts';
import { serverUrl, type ClusterPlan } from './cluster-plan.ts';
import { readClusterRecord, writeClusterRecord, type ClusterRecord } from './cluster-record.ts';
import { componentProcesses, type ComponentProcesses } from './component-processes.ts';
import { componentNamesOf, componentOf } from './components/levels.ts';
import { awaitControllers, ensureClusterPki, startControlPlane } from './control-plane.ts';
import { ensureProvisions } from './ensure-provisions.ts';
import { localImages, type LocalImage } from './images.ts';
import { clusterStatus } from './cluster-status.ts';
import type { Level, LocalCluster, LocalClusterOptions } from './cluster-interface.ts';
import { withLock } from './lock.ts';
import { machineNameOf, makePlan } from './make-plan.ts';
import { nodeNamespaces } from './node/namespaces.ts';
import { nodeImages } from './image/node-images.ts';
import type { NodeImages } from './image/node-images.ts';
import { startNode } from './node/node-level.ts';
import { upstreamNameServers } from './node/resolv-conf.ts';
import { stopNode } from './node/stop-node.ts';
import { giveToCaller, makeUserFolder } from './own-folder.ts';
import { statePaths } from './paths.ts';
import { isRunning, processRecords } from './process/process-record.ts';
import { stopProcess } from './process/stop-process.ts';
import type { Work } from './work.ts';
import { readIfPresent } from './write-file.ts';

const silent: ReportProgress = () => undefined;

export function clusterLifecycle(options: LocalClusterOptions): LocalCluster {
  const { name, level } = options;
  const [stateDir, cacheDir, recipeDir] = [
    resolve(options.stateDir),
    resolve(options.cacheDir),
    resolve(options.recipeDir),
  ];
  const paths = statePaths(stateDir);
  const records = processRecords(paths.processes);
  const wantedImages = options.images ?? (Object.keys(localImages) as LocalImage[]);

  function availability(of: Level = level): Availability {
    const { platform, arch } = process;
    return availabilityOf(of, { platform, arch, root: process.geteuid?.() === 0, command: ownCommand(recipeDir) });
  }

  function assertAvailable(of: Level): void {
    const found = availability(of);
    if (!found.available) throw new GuildNetError('unsupported', found.reason, { remedy: found.remedy });
  }

  /** One `up` or `down` of a cluster at a time, in whichever processes. */
  async function exclusively<T>(work: Work, action: () => Promise<T>): Promise<T> {
    assertAvailable('control-plane');
    const onWait = (): void =>
      work.report({ step: 'Waiting for another guildnet to finish', detail: `with the cluster "${name}"` });
    return await withLock(stateDir, { onWait, signal: work.signal }, action);
  }

  async function imagesOfNode(): Promise<NodeImages> {
    const can = availability();
    if (!can.available && process.platform === 'linux')
      throw new GuildNetError(
        'unsupported',
        'The images of the local cluster are for root, as is its container runtime.',
        {
          remedy: can.remedy.replace(/cluster up$/, 'cluster images'),
        },
      );
    const { plan } = await prepare({ report: silent });
    if (plan.programs.node === undefined || !(await processesOf(plan).running('containerd'))) {
      throw new GuildNetError('no_cluster', `The cluster "${name}" has no running node that could have images.`, {
        remedy: 'Bring it up with `guildnet cluster up`.',
      });
    }
    return nodeImages(plan, plan.programs.node);
  }

  async function anyRunning(): Promise<boolean> {
    const found = await Promise.all(
      (await records.names()).map(async (process) => isRunning(await records.read(process))),
    );
    return found.includes(true);
  }

  /** Builds what is missing, then decides and remembers what the cluster looks like. */
  async function prepare(work: Work, wanted: readonly LocalImage[] = []) {
    const { programs, images } = await ensureProvisions(level, wanted, { recipeDir, cacheDir, ...work });
    await makeUserFolder(stateDir);
    await mkdir(paths.temporary, { recursive: true, mode: 0o700 });
    const names = { name, machineName: machineNameOf(name, paths.root) };
    const record = await chooseRecord(names, level, await readClusterRecord(paths.record), await anyRunning());
    await writeClusterRecord(paths.record, record);
    const plan = makePlan(record, paths, programs);
    await ensureClusterPki(plan);
    await giveToCaller(paths.adminKubeconfig);
    return { plan, images, subnet: record.subnet };
  }

  async function start(work: Work): Promise<{ plan: ClusterPlan; started: boolean }> {
    const { plan, images, subnet } = await prepare(work, wantedImages);
    const node = plan.programs.node;
    if (node === undefined || subnet === undefined) {
      const processes = componentProcesses(plan);
      const started = await startControlPlane(plan, processes, work);
      await awaitControllers(plan, processes, work);
      return { plan, started };
    }
    const keep = [stateDir, cacheDir];
    return { plan, started: await startNode({ plan, programs: node, subnet, images, keep }, work) };
  }

  async function stop(known: ClusterRecord): Promise<void> {
    assertAvailable(known.level);
    const plan = makePlan(known, paths, { kubernetes: '' });
    if (known.level === 'node') {
      await stopNode(plan);
      return;
    }
    const processes = componentProcesses(plan);
    for (const component of componentNamesOf(known.level).toReversed())
      await processes.stop({ name: component, graceMs: 10_000 });
  }

  function processesOf(plan: ClusterPlan): ComponentProcesses {
    return plan.level === 'node' ? componentProcesses(plan, nodeNamespaces(plan).launch) : componentProcesses(plan);
  }

  return {
    availability: () => availability(),
    async up({ report = silent, signal } = {}) {
      const work = { report, signal };
      assertAvailable(level);
      return await exclusively(work, async () => {
        const { plan, started } = await start(work);
        // By now nothing of this cluster runs on an older version's programs any more.
        await forgetArtefacts({ cacheDir, ...work });
        return { kubeconfigPath: paths.adminKubeconfig, server: serverUrl(plan), started };
      });
    },
    async down({ report = silent } = {}) {
      await exclusively({ report }, async () => {
        const known = await readClusterRecord(paths.record);
        if (known !== undefined) await stop(known);
      });
    },
    async reset({ report = silent } = {}) {
      await exclusively({ report }, async () => {
        // Also the way out when the record cannot be read: what was started is known by other files.
        const known = await readClusterRecord(paths.record).catch(() => unreadableRecord(name, level));
        if (known !== undefined) await stop(known);
        await rm(stateDir, { recursive: true, force: true });
      });
    },
    status: () => clusterStatus(name, paths),
    async kubeconfig() {
      const text = await readIfPresent(paths.adminKubeconfig);
      if (text !== undefined) return text;
      throw new GuildNetError('no_cluster', `The local cluster "${name}" was never up.`, {
        remedy: 'Bring it up with `guildnet cluster up`.',
      });
    },
    loadImage: async (archive) => (await imagesOfNode()).load(archive),
    images: async () => (await imagesOfNode()).list(),
    removeImage: async (image) => (await imagesOfNode()).remove(image),
    async killComponent(component) {
      const record = await records.read(component);
      if (record !== undefined) await stopProcess(record, 0);
    },
    async startComponent(component) {
      await exclusively({ report: silent }, async () => {
        const { plan } = await prepare({ report: silent });
        const processes = processesOf(plan);
        const found = componentOf(plan, component, await upstreamNameServers());
        await processes.start(found);
        await processes.healthy(found);
      });
    },
  };
}

/** Enough of a record to stop the cluster by. */
function unreadableRecord(name: string, level: Level): ClusterRecord {
  return { name, level, ports: { etcd: 0, etcdPeer: 0, apiServer: 0, controllerManager: 0 } };
}
