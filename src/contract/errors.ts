import { z } from 'zod';
import { cutText, cutTextOf, longest, mapOf, textOf } from './bounded.ts';

/**
 * Every error code that crosses a face (REST, IPC, CLI), with the HTTP status it is served with.
 * `bad_body`, `invalid_spec`, `missing_target`, `create_failed`, `not_found`, `no_pods` and `forbidden` are the specification's own names.
 */
export const errorStatuses = {
  bad_body: 400,
  bad_request: 400,
  invalid_spec: 400,
  bad_config: 400,
  bad_target: 400,
  missing_target: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  no_pods: 404,
  method_not_allowed: 405,
  conflict: 409,
  precondition_failed: 412,
  quota_exceeded: 403,
  create_failed: 500,
  internal: 500,
  upstream_failed: 502,
  no_cluster: 503,
  cluster_offline: 503,
  cluster_unauthorized: 503,
  not_ready: 503,
  overloaded: 503,
  unsupported: 501,
  address_in_use: 500,
  timeout: 504,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatuses;

export const errorCodes = Object.keys(errorStatuses) as [ErrorCode, ...ErrorCode[]];

/** What an error looks like on the wire: the specification's `{code, message, request_id?, details?}`. */
export const errorBodySchema = z.object({
  code: cutTextOf(longest.token),
  message: cutTextOf(longest.message),
  request_id: cutTextOf(longest.token).optional(),
  details: mapOf(textOf(longest.name), z.unknown(), 64).optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

export interface GuildNetErrorOptions {
  /** What the reader can do about it, one sentence. It is served as `details.remedy`. */
  remedy?: string;
  /** Machine-readable context. Never a secret: it is served to peers and logged. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

/**
 * An error that may be shown to a person: `message` says what happened and why, `remedy` what to do.
 * Anything else that is thrown is a defect and is served as `internal` without its text.
 */
export class GuildNetError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string | undefined;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: GuildNetErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'GuildNetError';
    this.code = code;
    this.remedy = options.remedy;
    this.details = options.details ?? {};
  }

  get status(): number {
    return errorStatuses[this.code];
  }
}

/** The wire form of any thrown value; the text of a foreign error stays out of it. */
export function toErrorBody(error: unknown, requestId?: string): ErrorBody {
  const known = error instanceof GuildNetError;
  const details = known ? { ...error.details, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) } : {};
  return {
    code: known ? error.code : 'internal',
    message: known ? error.message : 'Something failed inside GuildNet; its log has the cause under this request id.',
    ...(requestId === undefined ? {} : { request_id: requestId }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

/** The remedy carried in an error's wire form, if there is one. */
export function remedyOf(body: ErrorBody): string | undefined {
  const remedy = body.details?.['remedy'];
  return typeof remedy === 'string' ? cutText(remedy, longest.message) : undefined;
}
