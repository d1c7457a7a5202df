import { answerHead } from '../exchange/answer-head.ts';
import type { ResponseHeaders } from '../exchange/header-list.ts';

/** A request as a program is asked for it once more, beside the tunnel: the same, but that its answer ends with the connection. */
export function witnessRequest(path: string, headers: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? '';
    if (!/^(?:connection|keep-alive|te|upgrade)$/i.test(name)) lines.push(`${name}: ${headers[at + 1] ?? ''}`);
  }
  return `GET ${path} HTTP/1.0\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`;
}

/** The head of its answer, by the rules for every answer (`answer-head.ts`); undefined: it may not be used. */
export function witnessedHead(text: string): { status: number; headers: ResponseHeaders } | undefined {
  const [first = '', ...lines] = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1];
  if (status === undefined) return undefined;
  const headers = Object.create(null) as ResponseHeaders;
  for (const line of lines) {
    const [, name, value = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*(.*?)[\t ]*$/.exec(line) ?? [];
    // A line that is none could be read in another way by somebody else.
    if (name === undefined) return undefined;
    (headers[name.toLowerCase()] ??= []).push(value);
  }
  // Its body would be no asset's bytes, but how they are sent.
  if (headers['transfer-encoding'] !== undefined) return undefined;
  const head = answerHead({ statusCode: Number(status), statusMessage: '', headersDistinct: headers });
  return typeof head === 'string' ? undefined : head;
}
