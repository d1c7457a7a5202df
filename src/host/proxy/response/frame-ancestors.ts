import type { Field } from './field.ts';
import type { RewriteView } from './view.ts';

type FrameView = Pick<RewriteView, 'controlOrigins' | 'siblingOrigins' | 'inPlace'>;

const policyName = 'content-security-policy';

/** What a host-source of CSP can name: it knows no IPv6 addresses (CSP Level 3, 2.3.1). */
export const nameable = (origin: string): boolean => !origin.includes('[');

/** The policy that says who may frame a workspace: the control UI, and the workspace's own pages. Nobody else. */
function ancestorsPolicy({ controlOrigins, siblingOrigins, inPlace }: FrameView): string {
  // Served to programs on the control origin: should a browser get it all the same, it is a page without an origin.
  if (inPlace) return "sandbox; frame-ancestors 'none'";
  return ['frame-ancestors', "'self'", ...[...controlOrigins, ...siblingOrigins].filter(nameable)].join(' ');
}

/** One header's value, which may hold several policies, without what it says of frames; empty when nothing else is said. */
function withoutAncestors(value: string): string {
  return value
    .split(',')
    .map((policy) =>
      policy
        .split(';')
        .filter((directive) => !/^\s*frame-ancestors(?:\s|$)/i.test(directive))
        .join(';')
        .trim(),
    )
    .filter((policy) => policy !== '')
    .join(', ');
}

/**
 * Replaces what the workspace says of frames by what holds here. A server that refuses frames, or only wants its own, knows
 * nothing of the control UI that shows it in one; and one that says nothing would let every website frame it.
 */
export function withFrameAncestors(fields: readonly Field[], view: FrameView): Field[] {
  const kept: Field[] = [];
  for (const field of fields) {
    const [name, value] = field;
    if (name === 'x-frame-options') continue;
    const rest = name === policyName ? withoutAncestors(value) : value;
    if (name !== policyName) kept.push(field);
    else if (rest !== '') kept.push([name, rest]);
  }
  kept.push([policyName, ancestorsPolicy(view)]);
  return kept;
}
