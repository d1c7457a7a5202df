import { ORPCError, ValidationError } from '@orpc/server';
import { errorBodySchema, GuildNetError, toErrorBody } from '#contract/errors.ts';
import type { ErrorBody } from '#contract/errors.ts';
import { unkept } from '../disk-refusal.ts';
import { toldIssues } from './told-issues.ts';

/**
 * Errors as they cross a face. A procedure throws GuildNetErrors; over every face they travel as an ORPCError whose
 * `data` is the specification's error body, so that the message port's client sees the same that REST serves.
 */
export type WireError = ORPCError<string, ErrorBody>;

/** oRPC's own refusals in our words; anything else is a defect of ours. */
function fromOrpc(error: ORPCError<string, unknown>): GuildNetError | undefined {
  switch (error.code) {
    case 'BAD_REQUEST': {
      if (!(error.cause instanceof ValidationError)) return malformed(error);
      return invalidRequest(error.cause.issues, { remedy: 'Correct the named fields.', cause: error });
    }
    case 'PAYLOAD_TOO_LARGE':
      return new GuildNetError('bad_body', 'The request body is too large.', {
        remedy: 'Send less than 1 MiB.',
        cause: error,
      });
    case 'NOT_FOUND':
    case 'METHOD_NOT_SUPPORTED':
      return new GuildNetError('not_found', 'There is no such method here.', { cause: error });
    default:
      return undefined;
  }
}

/** A request that is not as the contract has it: each mistake by its place, as far as anybody reads them. */
export function invalidRequest(
  all: ValidationError['issues'],
  options: { remedy: string; cause: unknown },
): GuildNetError {
  const issues = toldIssues(all);
  const text = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
  const more = Math.max(0, all.length - issues.length);
  const rest = more > 0 ? `; and ${more} more` : '';
  return new GuildNetError('bad_body', `The request is not valid: ${text}${rest}`, { ...options, details: { issues } });
}

/** A body that could not be parsed at all. */
export function malformed(cause: unknown): GuildNetError {
  return new GuildNetError('bad_body', 'The request body could not be parsed.', {
    remedy: 'Send JSON with Content-Type: application/json.',
    cause,
  });
}

/** The error body inside an error that has crossed this function before. */
export function bodyOf(error: unknown): ErrorBody | undefined {
  return error instanceof ORPCError ? errorBodySchema.safeParse(error.data).data : undefined;
}

/** Any thrown value as it travels. */
export function toWireError(error: unknown, requestId: string): WireError {
  const known = bodyOf(error);
  const own = error instanceof ORPCError ? fromOrpc(error as ORPCError<string, unknown>) : unkept(error);
  const thrown = own ?? error;
  const body = known ?? toErrorBody(thrown, requestId);
  const status =
    known !== undefined && error instanceof ORPCError
      ? error.status
      : thrown instanceof GuildNetError
        ? thrown.status
        : 500;
  return new ORPCError(body.code, { status, message: body.message, data: body, cause: error });
}
