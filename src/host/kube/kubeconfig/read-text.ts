import { open } from 'node:fs/promises';

/** Larger than any kubeconfig with its certificates; what comes after is not read. */
const mostBytes = 16 * 1_048_576;

/**
 * The text of a file that may be a pipe, too (`KUBECONFIG=<(…)`). Rejects with the system's error, and with a RangeError beyond
 * 16 MiB. Byte order marks are what they are for YAML 1.2 (section 5.2): PowerShell writes UTF-16. So are line ends (section 5.4):
 * a carriage return alone is one, which the parser does not know.
 */
export async function readText(file: string): Promise<string> {
  await using handle = await open(file, 'r');
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(65_536), 0, 65_536, null);
    if (bytesRead === 0) break;
    length += bytesRead;
    if (length > mostBytes) throw new RangeError('it is larger than 16 MiB');
    chunks.push(buffer.subarray(0, bytesRead));
  }
  return decode(Buffer.concat(chunks));
}

function decode(bytes: Buffer): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  // It takes the mark away.
  return new TextDecoder(encoding).decode(bytes).replaceAll(/\r(?!\n)/g, '\n');
}
