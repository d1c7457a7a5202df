import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { ensureGoProgram } from '#local-cluster/build/build-go-program.ts';
import { kubernetes } from '#local-cluster/build/go-programs.ts';
import type { GoProgram } from '#local-cluster/build/go-programs.ts';
import { findGoToolchain } from '#local-cluster/build/go-toolchain.ts';
import { tryCommand } from '#local-cluster/run-command.ts';
import type { CommandResult } from '#local-cluster/run-command.ts';
import { kubernetesVersion } from '#local-cluster/versions.ts';
import { imageContext } from '../apps/image/load-image.ts';
import type { TestNamespace } from '../create-namespace.ts';

const [major = '', minor = ''] = kubernetesVersion.split('.');
const helm: GoProgram = {
  name: 'helm',
  title: 'Helm',
  packages: { 'helm.sh/helm/v3/cmd/helm': 'helm' },
  // Four fifths of its packages are kubectl's: compiled in the same way and in the same versions, they are compiled once.
  ...(kubernetes.tags === undefined ? {} : { tags: kubernetes.tags }),
  // What a template is rendered and looked at for where no cluster is asked, as Helm's own releases say it.
  linkerValues: Object.fromEntries(
    ['chartutil', 'lint/rules'].flatMap((part) => [
      [`helm.sh/helm/v3/pkg/${part}.k8sVersionMajor`, major],
      [`helm.sh/helm/v3/pkg/${part}.k8sVersionMinor`, minor],
    ]),
  ),
};

/** The chart that is shown to work. */
export const chart = fileURLToPath(new URL('../../build/chart', import.meta.url));

/** Helm itself, at work in the tests' namespace; what it keeps goes when this is disposed of. */
export interface Helm extends AsyncDisposable {
  /** Runs a command to its end, whatever comes of it. `values`: for `--values`. */
  run(args: readonly string[], values?: object): Promise<CommandResult>;
  /** The objects of a command's manifest. Throws for one that fails. */
  objects(args: readonly string[], values?: object): Promise<unknown[]>;
}

/** Builds Helm unless it is cached. */
export async function openHelm({
  kubeconfigPath,
  name,
}: Pick<TestNamespace, 'kubeconfigPath' | 'name'>): Promise<Helm> {
  const local = imageContext();
  const recipeDir = fileURLToPath(new URL('recipe', import.meta.url));
  const built = await ensureGoProgram({ ...local, recipeDir }, helm, () => findGoToolchain(local));
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-helm-'));
  const env = {
    ...process.env,
    KUBECONFIG: kubeconfigPath,
    HELM_NAMESPACE: name,
    HELM_CACHE_HOME: join(folder, 'cache'),
    HELM_CONFIG_HOME: join(folder, 'config'),
    HELM_DATA_HOME: join(folder, 'data'),
  };
  const run = async (args: readonly string[], values?: object): Promise<CommandResult> => {
    const file = join(folder, 'values.yaml');
    // JSON is YAML.
    if (values !== undefined) await writeFile(file, JSON.stringify(values));
    return tryCommand(join(built, 'helm'), [...args, ...(values === undefined ? [] : ['--values', file])], { env });
  };
  return {
    run,
    async objects(args, values) {
      const { code, stdout, tail } = await run(args, values);
      if (code !== 0) throw new Error(`helm ${args.join(' ')} ended with ${String(code)}: ${tail}`);
      return parseAllDocuments(stdout).map((document) => document.toJS() as unknown);
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true });
    },
  };
}
