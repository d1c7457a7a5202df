import type { BuildContext } from './build/artefact.ts';
import { ensureGoProgram, type GoToolchain } from './build/build-go-program.ts';
import {
  cniPlugins,
  containerd,
  coredns,
  kubernetes,
  localPathProvisioner,
  nodeInit,
  type GoProgram,
} from './build/go-programs.ts';
import { join } from 'node:path';
import { findGoToolchain } from './build/go-toolchain.ts';
import type { Programs } from './cluster-plan.ts';
import { ensureImages } from './image/ensure-images.ts';
import type { ImageManifest } from './image/image-layout.ts';
import type { LocalImage } from './images.ts';
import type { Level } from './cluster-interface.ts';
import { ensureSystemPackages, findProgram, type SystemPackage } from './system-packages.ts';

/** What the node needs of the system besides the kernel. */
const nodePackages: readonly SystemPackage[] = [
  { package: 'runc', provides: 'runc' },
  { package: 'iptables', provides: 'iptables' },
  { package: 'iproute2', provides: 'ip' },
  { package: 'util-linux', provides: 'nsenter' },
  { package: 'ca-certificates', provides: '/etc/ssl/certs/ca-certificates.crt' },
];

export interface Provisions {
  programs: Programs;
  images: ImageManifest[];
}

/** Builds what the level needs and the cache lacks. One after the other: a Go build keeps all cores busy by itself. */
export async function ensureProvisions(
  level: Level,
  wanted: readonly LocalImage[],
  context: BuildContext,
): Promise<Provisions> {
  let found: Promise<GoToolchain> | undefined;
  const toolchain = (): Promise<GoToolchain> => (found ??= findGoToolchain(context));
  const built = (program: GoProgram): Promise<string> => ensureGoProgram(context, program, toolchain);
  if (level === 'control-plane') return { programs: { kubernetes: await built(kubernetes) }, images: [] };

  await ensureSystemPackages(nodePackages, context.report);
  const programs: Programs = {
    kubernetes: await built(kubernetes),
    node: {
      containerd: await built(containerd),
      cniPlugins: await built(cniPlugins),
      coredns: join(await built(coredns), 'coredns'),
      localPathProvisioner: join(await built(localPathProvisioner), 'local-path-provisioner'),
      nodeInit: join(await built(nodeInit), 'node-init'),
      runc: findProgram('runc') ?? 'runc',
    },
  };
  return { programs, images: await ensureImages(context, toolchain, wanted) };
}
