import type { V1Deployment, V1Secret } from '@kubernetes/client-node';
import type { Problem } from '#contract/cluster.ts';
import { differences } from '../kube/differs.ts';
import type { ObservedWorkspace } from '../kube/workspace-object.ts';
import type { OperatorConfig } from '../operator/config.ts';
import { deployment } from '../operator/desired/deployment.ts';
import { podMarks } from '../operator/desired/pod-marks.ts';
import { chooseSignIn } from '../sign-in/choose-sign-in.ts';
import { generatedEntries } from '../sign-in/generated-secret.ts';

/**
 * What of a workspace's pod this host would have otherwise from the next start on, as paths, because the host that made it has
 * other settings or is of another version; undefined when nothing. One that waits for the leader to follow its spec tells
 * nothing. Pure.
 */
export function otherwise(
  workspace: ObservedWorkspace,
  live: V1Deployment | undefined,
  secret: V1Secret | undefined,
  config: OperatorConfig,
): string[] | undefined {
  const then = live?.metadata?.annotations ?? {};
  if (live === undefined || workspace.specProblem !== undefined || then[podMarks.pod] === undefined) return undefined;
  const kind = chooseSignIn(workspace.spec, config, generatedEntries(secret) !== undefined);
  // The pod names the entries of its Secret and not what is in them.
  const wanted = deployment(workspace, config, kind === undefined ? undefined : { kind, password: '' });
  const now = wanted.metadata?.annotations ?? {};
  if (then[podMarks.madeFor] !== now[podMarks.madeFor] || then[podMarks.pod] === now[podMarks.pod]) return undefined;
  return [...differences(wanted.spec?.template, live.spec?.template)].map(({ path }) => path);
}

const mostNamed = 5;

/** The same of all workspaces, for people. */
export function settingsNote(found: ReadonlyMap<string, readonly string[]>): Problem[] {
  const [first] = found.keys();
  if (first === undefined) return [];
  const who = found.size === 1 ? `The workspace ${first} is` : `${String(found.size)} workspaces are`;
  const paths = [...new Set([...found.values()].flat())];
  const more = paths.length > mostNamed ? ` and ${String(paths.length - mostNamed)} more` : '';
  const what = paths.length === 0 ? 'fields that are no longer set' : `${paths.slice(0, mostNamed).join(', ')}${more}`;
  return [
    {
      code: 'other_settings',
      message: `${who} as a host with other settings, or of another version, made it. When this host leads, from the next start on, its pod is another in: ${what}.`,
      remedy:
        'Give all hosts of the namespace the same settings and the same version. Nothing is restarted for it; guildnet restart makes the pod anew.',
    },
  ];
}
