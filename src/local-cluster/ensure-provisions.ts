import type { BuildContext } from './build/artefact.ts';
import { ensureGoProgram, type GoToolchain } from './build/build-go-program.ts';
import { kubernetes, node, nodeInit, provisioner } from './build/go-programs.ts';
import { join } from 'node:path';
import { sideBySide } from './build/side-by-side.ts';
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

/** Builds what the level needs and the cache lacks. The programs one after the other: a Go build keeps all cores busy by itself. */
export async function ensureProvisions(
  level: Level,
  wanted: readonly LocalImage[],
  context: BuildContext,
): Promise<Provisions> {
  let found: Promise<GoToolchain> | undefined;
  const toolchain = (): Promise<GoToolchain> => (found ??= findGoToolchain(context));
  if (level === 'control-plane') {
    return { programs: { kubernetes: await ensureGoProgram(context, kubernetes, toolchain) }, images: [] };
  }

  await ensureSystemPackages(nodePackages, context.report);
  const build = async (own: BuildContext): Promise<Programs> => {
    const kube = await ensureGoProgram(own, kubernetes, toolchain);
    const others = await ensureGoProgram(own, node, toolchain);
    return {
      kubernetes: kube,
      node: {
        containerd: others,
        cniPlugins: others,
        coredns: join(others, 'coredns'),
        localPathProvisioner: join(await ensureGoProgram(own, provisioner, toolchain), 'local-path-provisioner'),
        nodeInit: join(await ensureGoProgram(own, nodeInit, toolchain), 'node-init'),
        runc: findProgram('runc') ?? 'runc',
      },
    };
  };
  // The images are downloads for the most part, and the programs compiling.
  const [programs, images] = await sideBySide(context, build, (own) => ensureImages(own, toolchain, wanted));
  return { programs, images };
}
