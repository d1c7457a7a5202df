import { newRequestId } from './request-id.ts';

interface Told {
  status: string;
  message: string;
  remedy: string;
  /** RFC 9110, 15.5.6: with a 405. */
  allow?: string;
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
  return known === undefined ? undefined : answerTo(known);
}

/** What is sent for a CONNECT of HTTP/1.1 (RFC 9110, 9.3.6), whole: this host is no forward proxy. */
export function connectAnswer(): string {
  return answerTo({
    status: '405 Method Not Allowed',
    message: 'This host makes no connections to others for CONNECT.',
    remedy: 'Ask a workspace by its own address, or with /proxy?to=host:port.',
    allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  });
}

function answerTo({ status, message, remedy, allow }: Told): string {
  const requestId = newRequestId();
  const body = JSON.stringify({ code: 'bad_request', message, request_id: requestId, details: { remedy } });
  return [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: application/json',
    'Cache-Control: no-store',
    `X-Request-Id: ${requestId}`,
    ...(allow === undefined ? [] : [`Allow: ${allow}`]),
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    '',
    body,
  ].join('\r\n');
}
