import type { AnswerCase, Right } from './answer-case.ts';
import { refused } from './answer-case.ts';

/**
 * The same answers as a client of HTTP/2 may see them. Its upgrades have no key, so that the proof in these answers is never that of the
 * key that was sent for it; and a 2xx, which would grant it (RFC 8441, 5), is never passed on as a page.
 */
export function overHttp2(answers: readonly AnswerCase[]): AnswerCase[] {
  return answers
    .filter(({ ask }) => ask !== 'http/1.0')
    .map((answer) => ({ ...answer, right: answer.right.flatMap((right) => rightOf(answer, right)) }));
}

function rightOf({ ask, answer }: AnswerCase, right: Right): Right[] {
  if (ask === 'upgrade') {
    const grants = right.kind === 'upgraded' || ('status' in right && right.status < 300);
    return [grants ? refused : right];
  }
  // One field of more than 64 KiB ends the whole connection at many clients.
  return answer.split('\r\n').some((line) => line.length > 65_535) ? [right, refused] : [right];
}
