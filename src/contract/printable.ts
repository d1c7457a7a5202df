/**
 * What a text could deceive with on a terminal: C0 and C1 controls except tab and newline, which move the cursor or rewrite what
 * stands on the screen; marks that turn the order of what is read (CVE-2021-42574, "Trojan Source"); line and paragraph
 * separators; and the tag characters, which are not seen at all.
 */
const marks = String.raw`\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb`;
const controls = String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u009f`;
const tags = String.raw`\udb40[\udc00-\udc7f]`;
const deceiving = new RegExp(`[${controls}${marks}]|${tags}`, 'g');

/**
 * A text that came from a cluster (an image's name, a container's last words), made harmless for a terminal.
 * Newlines and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(deceiving, '');
}

/** A value as one line of JSON that is harmless for a terminal and means the same: what deceives is written as escapes. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(deceiving, (found) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
