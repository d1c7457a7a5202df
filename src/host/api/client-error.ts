import { newRequestId } from './request-id.ts';

interface Told {
  status: string;
  message: string;
  remedy: string;
}

function told(code: string): Told | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return {
      status: '431 Request Header Fields Too Large',
      message: 'The request line and the headers have more than 64 KiB together.',
      remedy: 'Shorten the address, or delete the cookies of this site.',
    };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return {
      status: '408 Request Timeout',
      message: 'The headers of the request did not arrive in time.',
      remedy: 'Try again over a faster connection.',
    };
  }
  if (!code.startsWith('HPE_')) return undefined;
  return {
    status: '400 Bad Request',
    message: 'The request is not HTTP as the standard has it.',
    remedy: 'Correct its first line or its headers.',
  };
}

/**
 * What is sent for a request that Node's parser gave up on (`clientError`), whole; undefined when there was no request to answer.
 * Status and reason only: of what was sent nothing comes back.
 */
export function clientErrorAnswer({ code = '' }: NodeJS.ErrnoException): string | undefined {
  const known = told(code);
  if (known === undefined) return undefined;
  const { status, message, remedy } = known;
  const requestId = newRequestId();
  const body = JSON.stringify({ code: 'bad_request', message, request_id: requestId, details: { remedy } });
  return [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: application/json',
    'Cache-Control: no-store',
    `X-Request-Id: ${requestId}`,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    '',
    body,
  ].join('\r\n');
}
