import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { longest, mapOf, most, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { ClusterPlan, NodePrograms } from '../cluster-plan.ts';
import type { Work } from '../work.ts';
import { readIfPresent, writeConfig } from '../write-file.ts';
import type { ImageManifest } from './image-layout.ts';
import { writeImage } from './write-image.ts';

/** Image name → id of what was imported under it. */
const importedSchema = mapOf(textOf(longest.image), textOf(longest.token), most.entries);

function ctr(plan: ClusterPlan, programs: NodePrograms): { program: string; args: string[] } {
  return {
    program: join(programs.containerd, 'ctr'),
    args: ['--address', plan.paths.containerdSocket, '--namespace', 'k8s.io'],
  };
}

/** Gives the node those images that it does not have in just this form. True when there were any. */
export async function importImages(
  plan: ClusterPlan,
  programs: NodePrograms,
  images: readonly ImageManifest[],
  work: Work,
): Promise<boolean> {
  const known = importedSchema.catch({}).parse(JSON.parse((await readIfPresent(plan.paths.importedImages)) ?? '{}'));
  const missing = images.filter(({ name, id }) => known[name] !== id);
  for (const image of missing) {
    work.report({ step: 'Importing images', detail: image.name });
    await importOne(plan, programs, image);
    known[image.name] = image.id;
    await writeConfig(plan.paths.importedImages, JSON.stringify(known));
  }
  return missing.length > 0;
}

async function importOne(plan: ClusterPlan, programs: NodePrograms, image: ImageManifest): Promise<void> {
  const { program, args } = ctr(plan, programs);
  const child = spawn(program, [...args, 'images', 'import', '--digests=false', '-'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const closed = once(child, 'close');
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  // When ctr ends early the pipe breaks; its own words are the better reason.
  const broken = await writeImage(image, child.stdin).then(
    () => undefined,
    (error: unknown) => error,
  );
  const [code] = (await closed) as [number | null];
  if (code === 0 && broken === undefined) return;
  throw new GuildNetError('create_failed', `Importing ${image.name} failed: ${complaint}`, {
    cause: broken,
    remedy: `See ${join(plan.paths.logs, 'containerd.log')}.`,
  });
}
