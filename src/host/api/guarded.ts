import { toErrorBody } from '#contract/errors.ts';
import type { Audit } from '../audit/audit.ts';
import { idIn, idOf } from '../permission/call-guard.ts';
import type { Call, CallGuard, GuardedCall, Permit } from '../permission/call-guard.ts';

interface Around {
  guard: CallGuard;
  audit: Pick<Audit, 'record'>;
  requestId: string;
}

/**
 * One call of the contract: asked whether it may be made, made, its answer cut to what they may see, and written down where it
 * changes something or was refused. Rejects with what the call does, or `forbidden`.
 */
export async function guarded<Result extends { output: unknown }>(
  call: Call,
  { guard, audit, requestId }: Around,
  make: (permit: Permit) => PromiseLike<Result> | Result,
): Promise<Result> {
  const { who = { kind: 'local' as const }, input } = call;
  const name = call.path.join('.');
  const about = { who, call: name, image: textIn(input, 'image'), context: textIn(input, 'context'), requestId };
  let asked: GuardedCall | undefined;
  try {
    asked = await guard(call);
    const result = await make(asked.permit);
    if (changes(asked))
      audit.record({ ...about, workspace: asked.id ?? idIn(result.output), decision: asked.decision });
    return { ...result, output: asked.shown(result.output) as Result['output'] };
  } catch (error) {
    const { code: outcome, details } = toErrorBody(error);
    const rule = details?.['rule'];
    const workspace = idOf(call);
    // Also what was let in and then found to be more than they may have.
    if (typeof rule === 'string') audit.record({ ...about, workspace, decision: { allowed: false, rule }, outcome });
    else if (asked !== undefined && changes(asked))
      audit.record({ ...about, workspace, decision: asked.decision, outcome });
    throw error;
  } finally {
    asked?.done();
  }
}

function changes({ need }: GuardedCall): boolean {
  return need.kind !== 'free' && need.changes === true;
}

function textIn(input: unknown, field: 'image' | 'context'): string | undefined {
  const { [field]: text } = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  return typeof text === 'string' ? text : undefined;
}
