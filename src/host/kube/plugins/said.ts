const mostLines = 3;
const mostCharacters = 300;

/** Terminal codes, other characters that do not print, and those that turn the direction of what is written. */
const unprintable = /\p{Cc}(?:\[[0-9;?]*[ -/]*[@-~])?|\p{Cf}/gu;

/** What follows the words by which secrets are introduced, and what is written before the host of a URL. */
const introduced: readonly [RegExp, string][] = [
  [/\b((?:bearer|basic)\s+)\S+/gi, '$1…'],
  [
    /((?:password|passwd|passphrase|token|secret|api[_-]?key|access[_-]?key|assertion)["']?\s*[:=]\s*["']?)[^\s"'&,}]+/gi,
    '$1…',
  ],
  [/(:\/\/)[^\s/@]*@/g, '$1…@'],
];

/**
 * What a credential program wrote on its error output, fit for an error that others read: the first lines, short, without control
 * characters and without what may be a secret, which includes every long run of letters and digits. Empty: it said nothing.
 */
export function saidByPlugin(output: string): string {
  const text = output
    .split(/\r?\n/)
    .map((line) => line.replaceAll('\t', ' ').replaceAll(unprintable, '').trim())
    .filter((line) => line !== '')
    .slice(0, mostLines)
    .join(' ');
  const safe = introduced
    .reduce((words, [pattern, kept]) => words.replaceAll(pattern, kept), text)
    .replaceAll(/[A-Za-z0-9_\-+=]{16,}/g, (run) => (/[0-9]/.test(run) && /[A-Za-z]/.test(run) ? '…' : run))
    .replaceAll(/[A-Za-z0-9_\-+=]{32,}/g, '…');
  return safe.length > mostCharacters ? `${safe.slice(0, mostCharacters - 1)}…` : safe;
}
