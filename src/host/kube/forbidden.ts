import { GuildNetError } from '#contract/errors.ts';
import type { StatusInfo } from './status-info.ts';

/** What a 403 of the API server's RBAC says was missing. */
export interface MissingRule {
  user: string;
  verb: string;
  resource: string;
  group: string;
  namespace?: string;
}

const rbacText =
  /User "([^"]*)" cannot (\S+) resource "([^"]*)" in API group "([^"]*)"(?: in the namespace "([^"]*)"| at the cluster scope)?/;

/** The RBAC rule that a 403's message says is missing, or undefined when the denial is not RBAC's. */
export function missingRule(message: string): MissingRule | undefined {
  const match = rbacText.exec(message);
  if (match === null) return undefined;
  const [, user = '', verb = '', resource = '', group = '', namespace] = match;
  return { user, verb, resource, group, ...(namespace === undefined ? {} : { namespace }) };
}

/** A refusal of what we wanted to do: RBAC, quota, LimitRange, Pod Security or an admission webhook; each with its own remedy. */
export function forbiddenError(status: StatusInfo, doing: string, cause: unknown): GuildNetError {
  const said = status.message ?? 'forbidden';
  const what = `${doing.charAt(0).toUpperCase()}${doing.slice(1)}`;
  const rule = missingRule(said);
  if (rule !== undefined) return forbiddenByRbac(rule, what, cause);
  if (/exceeded quota/.test(said)) {
    return new GuildNetError(
      'quota_exceeded',
      `${what} failed: the namespace's quota is used up (${afterColon(said)}).`,
      {
        remedy: 'Delete or stop workspaces, ask for smaller resources, or have the quota raised.',
        details: { status: status.code },
        cause,
      },
    );
  }
  const webhook = /admission webhook "([^"]+)" denied the request:? ?(.*)/s.exec(said);
  if (webhook !== null) {
    return new GuildNetError(
      'forbidden',
      `${what} failed: the cluster's admission webhook "${webhook[1] ?? ''}" denied it: ${webhook[2] ?? ''}`,
      {
        remedy: 'Change what it objects to, or ask the cluster’s administrator.',
        details: { status: status.code, webhook: webhook[1] },
        cause,
      },
    );
  }
  return new GuildNetError('forbidden', `${what} failed: the cluster forbids it: ${said}`, {
    remedy: 'Change what it objects to, or ask the cluster’s administrator.',
    details: { status: status.code },
    cause,
  });
}

/** The error for a missing RBAC rule; names verb, resource and namespace, and the manifest that grants it. */
export function forbiddenByRbac(rule: MissingRule, what: string, cause?: unknown): GuildNetError {
  const resource = rule.group === '' ? rule.resource : `${rule.resource}.${rule.group}`;
  const where =
    rule.namespace === undefined || rule.namespace === '' ? 'in the whole cluster' : `in namespace "${rule.namespace}"`;
  return new GuildNetError(
    'forbidden',
    `${what} failed: the cluster's RBAC does not let "${rule.user}" ${rule.verb} ${resource} ${where}.`,
    {
      remedy: `Have an administrator grant it: the rule {apiGroups: ["${rule.group}"], resources: ["${rule.resource}"], verbs: ["${rule.verb}"]}; \`guildnet rbac\` prints all that GuildNet needs.`,
      details: { rule },
      cause,
    },
  );
}

function afterColon(text: string): string {
  const index = text.indexOf('exceeded quota');
  return index < 0 ? text : text.slice(index + 'exceeded quota: '.length);
}
