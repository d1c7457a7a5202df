import { toErrorBody } from '#contract/errors.ts';
import type { Action, Decision } from '#contract/grant.ts';
import type { Who } from '#contract/identity.ts';
import type { Audit } from '../audit/audit.ts';
import type { ProxyAsk } from '../proxy/forms/ask.ts';
import type { Gate } from './gate.ts';

/** The programs that run in a workspace for somebody; the audit has them as `workspace.terminal` and `workspace.exec`. */
export const shellKinds = ['terminal', 'exec'] as const;

export interface ShellAsk {
  kind: 'shell';
  id: string;
  what: (typeof shellKinds)[number];
}

/** Asks of each request for a workspace's page, stream or socket whether it may be opened, and writes down that it was. */
export interface OpenGuard {
  /**
   * Throws `forbidden` or `not_found`. `end` is called when they may not any more; the returned function takes that back. Of the local
   * user, who always may, nothing is kept.
   */
  open(who: Who, ask: ProxyAsk | ShellAsk, requestId: string, end: () => void): (() => void) | undefined;
  /** Throws `forbidden`. */
  demand(who: Who, action: Action): void;
  /** `end` is called when what a peer may see is another. */
  untilChange(who: Who, end: () => void): (() => void) | undefined;
}

export interface OpenGuardOptions {
  gate: Gate;
  audit: Pick<Audit, 'opened' | 'record'>;
  /** The port that a workspace is opened at where none is asked for. */
  portOf(id: string): number | undefined;
}

const local: Decision = { allowed: true, rule: 'local-user', reason: 'The local user may do everything.' };

export function createOpenGuard({ gate, audit, portOf }: OpenGuardOptions): OpenGuard {
  return {
    open(who, ask, requestId, end) {
      if (ask.kind === 'target') {
        // Whatever this host reaches is no workspace that could be selected.
        if (who.kind === 'peer') gate.demand(who, 'admin');
        return undefined;
      }
      const { id } = ask;
      const about = { who, workspace: id, requestId };
      // An IDE sends hundreds of requests for one opening; each terminal is one.
      const write = (decision: Decision): void =>
        ask.kind === 'shell'
          ? audit.record({ ...about, call: `workspace.${ask.what}`, decision })
          : audit.opened({ ...about, decision });
      if (who.kind === 'local') {
        write(local);
        return undefined;
      }
      const opened = ask.kind === 'shell' ? 'shell' : (ask.port ?? portOf(id) ?? 'shell');
      const asked = { who, action: 'open', id, opened } as const;
      try {
        write(gate.demandOf(asked));
      } catch (error) {
        const { code: outcome, details } = toErrorBody(error);
        const rule = typeof details?.['rule'] === 'string' ? details['rule'] : outcome;
        audit.record({
          ...about,
          call: `workspace.${ask.kind === 'shell' ? ask.what : 'open'}`,
          decision: { allowed: false, rule },
          outcome,
        });
        throw error;
      }
      return gate.hold(asked, end);
    },
    demand: (who, action) => void gate.demand(who, action),
    untilChange: (who, end) => (who.kind === 'local' ? undefined : gate.untilChange(who, end)),
  };
}
