import { capabilityCrd } from '#contract/capability-crd.ts';
import { workspaceCrd } from '#contract/crd.ts';
import { crdYaml } from '#host/operator/crd-yaml.ts';

const note = (source: string): string =>
  `# Generated from src/contract/${source} by \`npm run generate:crd\`. Do not edit.\n`;

/** The generated CRDs for those who install them by hand: where each lies, and its exact content. */
export function crdFiles(): [URL, string][] {
  return [
    [new URL('../crds/guildnet.io_workspaces.yaml', import.meta.url), note('workspace.ts') + crdYaml([workspaceCrd()])],
    [
      new URL('../crds/guildnet.io_capabilities.yaml', import.meta.url),
      note('capability.ts') + crdYaml([capabilityCrd()]),
    ],
  ];
}
