import { errorCodes, errorStatuses } from '#contract/errors.ts';

/** Every status that an error is served with, and the codes that come with it. */
const codesByStatus = new Map<number, string[]>();
for (const code of errorCodes) {
  const status = errorStatuses[code];
  codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code]);
}

/** Said before anybody looks at the request: its line and headers are too long (RFC 6585, section 5). */
export const tooLong = 431;
codesByStatus.set(tooLong, ['bad_request']);

const headers = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };
const retryAfter = {
  'Retry-After': { description: 'Seconds after which it may be better.', schema: { type: 'integer' } },
};

/** The answers that say what went wrong, by the name under which operations refer to them. */
export function errorResponses(): Record<string, object> {
  return Object.fromEntries(
    [...codesByStatus].map(([status, codes]) => [
      responseName(status),
      {
        description: `${codes.map((code) => `\`${code}\``).join(', ')}: what happened is in \`message\`, what to do in \`details.remedy\`.`,
        headers: {
          ...headers,
          ...([502, 503, 504].includes(status) ? retryAfter : {}),
          ...(status === 405
            ? { Allow: { description: 'The methods that the path has.', schema: { type: 'string' } } }
            : {}),
        },
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
            example: {
              code: codes[0],
              message: 'What happened, and why.',
              request_id: '0'.repeat(32),
              details: { remedy: 'What to do.' },
            },
          },
        },
      },
    ]),
  );
}

function responseName(status: number): string {
  return `Error${String(status)}`;
}

/** Of one operation: those that it can end with. */
export function errorsOf(statuses: readonly number[]): Record<string, { $ref: string }> {
  return Object.fromEntries(
    statuses.map((status) => [String(status), { $ref: `#/components/responses/${responseName(status)}` }]),
  );
}
