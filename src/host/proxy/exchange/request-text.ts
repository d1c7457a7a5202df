/** As Node's HTTP client has them: what it refuses has to come to it. */
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;
const path = /^[\x21-\x7e\x80-\xff]+$/;

/** The head of a GET as Node's HTTP client writes it, to the byte; undefined for what it would refuse. `headers` are flat, and frame no body. */
export function requestText(target: string, headers: readonly string[]): Buffer | undefined {
  if (!path.test(target)) return undefined;
  let text = `GET ${target} HTTP/1.1\r\n`;
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const value = headers[index + 1] ?? '';
    if (unsendable.test(value)) return undefined;
    text += `${headers[index] ?? ''}: ${value}\r\n`;
  }
  return Buffer.from(`${text}\r\n`, 'latin1');
}
