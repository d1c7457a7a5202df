import { errorBodySchema, errorStatuses, GuildNetError, remedyOf } from '#contract/errors.ts';
import type { ErrorCode } from '#contract/errors.ts';

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorStatuses, code);
}

/**
 * The error that a host answered with, as it was thrown there. A body of another shape comes from something that is not
 * a GuildNet host (or a newer one with a code unknown here), and the error says so.
 */
export function fromErrorBody(body: unknown, status: number, url: string): GuildNetError {
  const parsed = errorBodySchema.safeParse(body);
  if (!parsed.success) {
    return new GuildNetError('upstream_failed', `${url} answered ${status}, and not as a GuildNet host does.`, {
      remedy: 'Check the address given with --host.',
    });
  }
  const { code, message, details, request_id } = parsed.data;
  const remedy = remedyOf(parsed.data);
  return new GuildNetError(isErrorCode(code) ? code : 'upstream_failed', message, {
    ...(remedy === undefined ? {} : { remedy }),
    details: { ...details, ...(request_id === undefined ? {} : { request_id }) },
  });
}
