/** The bytes of a base64 text (RFC 4648, 4). Throws for another. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The other way round, of bytes in pieces. */
export function textOfBytes(pieces: readonly Uint8Array[]): string {
  let text = '';
  for (const piece of pieces) for (const byte of piece) text += String.fromCharCode(byte);
  return btoa(text);
}
