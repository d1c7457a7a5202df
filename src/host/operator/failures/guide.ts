import { catalogue } from './catalogue.ts';
import { homeFailures } from '../home/refusals.ts';
import { clusterFailures } from './cluster.ts';
import { exposureFailures } from './exposure.ts';
import { refusalFailures } from './own-writes.ts';
import type { FailureEntry } from './rule.ts';
import { modeFailures } from './unknown-mode.ts';

/** Every reason that can stand in `lastError`, in the order in which they are looked for. */
export const workspaceReasons: readonly FailureEntry[] = once([
  ...catalogue,
  ...refusalFailures,
  ...homeFailures,
  ...modeFailures,
  ...exposureFailures,
]);

const intro = `# Why a workspace does not run

Every failure that GuildNet recognises has a reason, a message with Kubernetes' own words, and a remedy. They are in the window, in
\`guildnet status\`, in \`GET /api/servers\` (\`failure\`), in the Workspace's \`status.lastError\` and conditions, and, as Events, in
\`kubectl describe workspace <name>\`. A failure is told as soon as Kubernetes knows it; the phase says \`Failed\` when it is more than a
short wait, and everything recovers by itself once its cause is gone.

This page is made from the catalogue in \`src/host/operator/failures\`; a test keeps them in step.
`;

const workspaces = `
## Of a workspace

Told in this order: the first that applies.

| Reason | What it means | What to do |
|---|---|---|
`;

const cluster = `
## Of the cluster

These say nothing about a single workspace: they are the \`problem\` of the cluster's connection (\`GET /api/cluster\`), with this code.

| Failure | Code | What it means | What to do |
|---|---|---|---|
`;

const unprovoked = `
## What the tests do not cause

Every other reason is really caused, on a real cluster or API server, by the tests. These are held by table tests of the words that
Kubernetes uses:

`;

/** The guide to failures as Markdown. */
export function failuresGuide(): string {
  const rows = workspaceReasons.map(({ reason, means, remedy }) => row(`\`${reason}\``, means, remedy));
  const wide = clusterFailures.map(({ reason, code, means, remedy }) => row(reason, `\`${code}\``, means, remedy));
  const others = [...workspaceReasons, ...clusterFailures]
    .filter((one) => one.unprovoked !== undefined)
    .map((one) => `- \`${one.reason}\`: ${one.unprovoked ?? ''}.`);
  return `${intro}${workspaces}${rows.join('\n')}\n${cluster}${wide.join('\n')}\n${unprovoked}${others.join('\n')}\n`;
}

function row(...cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

function once(entries: readonly FailureEntry[]): FailureEntry[] {
  return [...new Map(entries.toReversed().map((one) => [one.reason, one])).values()].toReversed();
}
