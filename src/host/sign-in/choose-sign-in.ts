import type { WorkspaceSpec } from '#contract/workspace.ts';
import { publicPresets } from '../config/presets.ts';
import type { OperatorConfig } from '../operator/config.ts';
import { looksLikeCodeServer } from '../operator/desired/image.ts';
import { looksLikeJupyter } from '../operator/home/home-path.ts';
import { codeServerSignIn } from './code-server.ts';
import { jupyterSignIn } from './jupyter.ts';
import type { SignInKind } from './sign-in-kind.ts';

/** The value of AGENT_DEFAULT_PASSWORD that asks for a random password of every workspace's own. */
export const generate = 'generate';

/** How the image's program lets people in; undefined where nobody knows. */
export function signInKindOf(image: string): SignInKind | undefined {
  if (looksLikeCodeServer(image)) return codeServerSignIn;
  return looksLikeJupyter(image) ? jupyterSignIn : undefined;
}

/** What we offer ourselves, and what we have built: there we know that nobody counts on another password. */
function isOurs(image: string): boolean {
  return image.startsWith('guildnet.local/') || publicPresets.some((preset) => preset.image === image);
}

/**
 * How the host signs people in at a workspace by a random secret of its own, or undefined: not at all. It does for the presets and
 * our own images, wherever AGENT_DEFAULT_PASSWORD is `generate`, and where it has done so before (`kept`), except where the person
 * or that variable gives the password (specification, "Operator Defaults & Hardening": `PASSWORD` from `AGENT_DEFAULT_PASSWORD`). Pure.
 */
export function chooseSignIn(
  spec: Pick<WorkspaceSpec, 'image' | 'env'>,
  { agentDefaultPassword }: Pick<OperatorConfig, 'agentDefaultPassword'>,
  kept: boolean,
): SignInKind | undefined {
  const kind = signInKindOf(spec.image);
  if (kind === undefined) return undefined;
  const given = (spec.env ?? []).some(
    ({ name, value, valueFrom }) =>
      kind.variables.includes(name) && (valueFrom !== undefined || (value !== undefined && value !== '')),
  );
  if (given) return undefined;
  if (agentDefaultPassword === generate) return kind;
  if (agentDefaultPassword !== undefined && kind.variables.includes('PASSWORD')) return undefined;
  return kept || isOurs(spec.image) ? kind : undefined;
}
