/**
 * What is wrong with an answer that begins as HTTP does and cannot be read to its end, by the code of Node's parser; undefined where it is no HTTP
 * at all. Scripts around netcat and old servers write such answers, which browsers show when they ask directly (RFC 9112, 2.2, 5.2 and 6.3).
 */
export function answerFault(code: string): string | undefined {
  return faults.get(code);
}

const faults: ReadonlyMap<string, string> = new Map([
  ['HPE_CR_EXPECTED', 'a line ends with a line feed alone, in place of a carriage return and a line feed'],
  ['HPE_LF_EXPECTED', 'a carriage return stands without the line feed that ends a line'],
  ['HPE_UNEXPECTED_CONTENT_LENGTH', 'it says its length twice'],
  ['HPE_INVALID_CONTENT_LENGTH', 'its length is no number, or stands beside a Transfer-Encoding'],
  ['HPE_INVALID_TRANSFER_ENCODING', 'it is sent in chunks and says a length as well'],
  [
    'HPE_INVALID_HEADER_TOKEN',
    'a line of its head is malformed, goes on in the next one, or ends with a line feed alone',
  ],
  ['HPE_INVALID_CHUNK_SIZE', 'the size of a chunk is malformed'],
  ['HPE_INVALID_STATUS', 'its status is none'],
]);
