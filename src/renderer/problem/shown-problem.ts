import { ORPCError } from '@orpc/client';
import { errorBodySchema, remedyOf, type ErrorBody } from '#contract/errors.ts';
import { HostUnreachable } from '../platform/host-unreachable.ts';
import { t } from '../words/language.ts';

/** A failure as the page shows it: what happened and why, what to do, and how to find it in the log. */
export interface ShownProblem {
  code: string;
  message: string;
  remedy?: string | undefined;
  requestId?: string | undefined;
  /** The field of the form that the host found wrong, if it named one. */
  field?: string | undefined;
}

/** What to show of anything that a call to the host can throw. */
export function toShownProblem(error: unknown): ShownProblem {
  if (error instanceof HostUnreachable) return unreachable(error.message);
  // What oRPC rejects pending calls with when their port closes.
  if (error instanceof Error && error.name === 'AbortError') return unreachable(t().failure.broke);
  if (error instanceof ORPCError) {
    const { code, message, data } = error as ORPCError<string, unknown>;
    const body = errorBodySchema.safeParse(data);
    return body.success ? ofBody(body.data) : { code: code.toLowerCase(), message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: t().failure.inPage(message), remedy: t().failure.reloadPage };
}

function unreachable(message: string): ShownProblem {
  const remedy = t().failure.checkHost;
  return { code: 'host_unreachable', message, remedy };
}

function ofBody(body: ErrorBody): ShownProblem {
  const field = body.details?.['field'];
  return {
    code: body.code,
    message: body.message,
    remedy: remedyOf(body),
    requestId: body.request_id,
    field: typeof field === 'string' ? field : undefined,
  };
}
