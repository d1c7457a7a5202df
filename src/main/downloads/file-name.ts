/** Bytes of UTF-8 that a file system takes for one name, less room for a number and for what Chromium adds while it writes. */
const longestName = 200;
const fallback = 'download';

// Control characters, those that change the order of what is read, separators, and what Windows refuses.
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for.
const unfit = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff/\\:*?"<>|]/g;
/** Names that are devices on Windows, whatever follows the dot. */
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
/** Files by which a desktop or a shell does something when it only comes upon them; Chromium renames the same ones. */
const actsByItself = /\.(desktop|lnk|scf|url|local|library-ms|searchconnector-ms|inetloc|webloc|directory)$/i;

/**
 * The name under which a file of a workspace's page is stored: one that stays in its folder, reads as it is written, hides
 * nothing and starts nothing. `suggested` is the page's own, as Chromium understood it.
 */
export function safeFileName(suggested: string): string {
  const clean = suggested
    .normalize('NFC')
    .replaceAll(unfit, '_')
    // Windows drops dots and spaces at the end; a dot at the beginning hides the file elsewhere.
    .replace(/^[.\s_]+/, '')
    .replace(/[.\s]+$/, '');
  const named = clean === '' ? fallback : device.test(clean) ? `_${clean}` : clean;
  const harmless = actsByItself.test(named) ? `${named}.download` : named;
  return shortened(harmless);
}

/** Keeps the extension, which says what the file is. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= longestName) return name;
  const { stem, extension } = splitName(name);
  const room = longestName - Buffer.byteLength(extension);
  const characters = [...stem];
  let kept = '';
  for (const character of characters) {
    if (Buffer.byteLength(kept + character) > room) break;
    kept += character;
  }
  return `${kept}${extension}`;
}

/** `a.tar.gz` is `a` and `.tar.gz`; an extension of more than 16 characters is none. */
export function splitName(name: string): { stem: string; extension: string } {
  const extension = /(\.tar)?\.[^.\s]{1,16}$/i.exec(name)?.[0] ?? '';
  return extension.length === name.length
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, name.length - extension.length), extension };
}

/** The first of `a.txt`, `a (1).txt`, `a (2).txt` … that is not taken; undefined when a thousand are. */
export function freeName(name: string, isTaken: (name: string) => boolean): string | undefined {
  const { stem, extension } = splitName(name);
  for (let count = 0; count < 1_000; count += 1) {
    const candidate = count === 0 ? name : `${stem} (${String(count)})${extension}`;
    if (!isTaken(candidate)) return candidate;
  }
  return undefined;
}
