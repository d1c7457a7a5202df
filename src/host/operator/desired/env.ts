import type { V1EnvVar } from '@kubernetes/client-node';
import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { passwordKey, passwordOf, passwordVariable } from './password.ts';
import type { SignIn } from './password.ts';
import { plain } from './plain.ts';
import { containerPorts } from './ports.ts';

/**
 * Specification, "Operator Defaults & Hardening", environment: entries without a name are dropped and `PORT` is added when
 * missing: 8080, or the first port that was declared, because programs that read it listen where it says and nowhere else. The
 * user's own entries always win. A password is taken from the Secret of `password.ts`, whoever gave it.
 */
export function envVars({ metadata, spec }: Workspace, config: OperatorConfig, signIn?: SignIn): V1EnvVar[] {
  const own: V1EnvVar[] = plain(spec.env ?? []).filter((entry) => entry.name.trim() !== '');
  const port = own.some((entry) => entry.name === 'PORT') ? [] : [{ name: 'PORT', value: String(firstPort(spec)) }];
  if (signIn !== undefined) {
    const { kind, password } = signIn;
    const settings = kind.settings.filter((setting) => own.every((entry) => entry.name !== setting.name));
    const secret = Object.keys(kind.secret(password)).map((name) => passwordVariable(metadata.name, name));
    return [...own.filter((entry) => !kind.variables.includes(entry.name)), ...port, ...settings, ...secret];
  }
  if (passwordOf(spec, config) === undefined) return [...own, ...port];
  return [...own.filter((entry) => entry.name !== passwordKey), ...port, passwordVariable(metadata.name)];
}

/** Where the program is looked for: the port of the probes. */
function firstPort(spec: WorkspaceSpec): number {
  const ports = containerPorts(spec);
  return (ports.find((port) => port.protocol === 'TCP') ?? ports[0])?.containerPort ?? 8080;
}
