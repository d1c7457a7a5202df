import { cutText } from '#contract/bounded.ts';
import { redact } from './redact.ts';
import { tellingLines } from './telling-lines.ts';

const mostLines = 5;
const mostCharacters = 500;
const lineBreak = ' ⏎ ';

/**
 * The last lines of what a program printed before it ended, fit for a status that others read: few, short, without terminal
 * codes, and without what looks like a credential. Undefined when there is nothing to show.
 */
export function lastLines(log: string | undefined): string | undefined {
  // As a whole: a key is several lines.
  const lines = redact(plain(log ?? ''))
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const told = tellingLines(lines, mostLines);
  const text = told.join(lineBreak);
  if (text === '') return undefined;
  if (text.length <= mostCharacters) return text;
  if (told.length === 1) return `…${text.slice(1 - mostCharacters)}`;
  // Each in its turn: the one that names the error is not to go for the length of what comes after it.
  const share = Math.floor((mostCharacters + lineBreak.length) / told.length) - lineBreak.length;
  return told.map((line) => cutText(line, share)).join(lineBreak);
}

/** Terminal codes and other characters that do not print. */
// oxlint-disable-next-line no-control-regex -- control characters are what it takes away
const unprintable = /\u001B\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0009\u000B-\u001F\u007F]/g;

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(unprintable, '');
}

/** The runtime's words about a start that failed, without the layers that each say that it failed. */
export function runtimeWords(message: string): string {
  const core = message
    .replace(/^.*unable to start container process: /s, '')
    .replace(/^.*OCI runtime create failed: /s, '');
  return cut(core.trim());
}

/** The registry's words: the kubelet and containerd wrap them in their own several times over. */
export function registryWords(message: string): string {
  const core = message
    .replace(/^Back-off pulling image "[^"]*": /, '')
    .replace(/^ErrImagePull: /, '')
    .replace(/^rpc error: code = \w+ desc = /, '')
    .replace(/^failed to pull and unpack image "[^"]*": /, '')
    .replace(/^failed to resolve (?:reference|image)(?: "[^"]*")?: /, '');
  return cut(core);
}

/** What the API server said when it refused a pod, without the name of the pod, which is another at every try. */
export function refusalWords(message: string): string {
  return cut(
    message.replace(/^pods "[^"]*" is forbidden: /, '').replace(/^admission webhook/, 'the admission webhook'),
  );
}

/** Somebody else's words, short and without what looks like a secret. */
export function cut(words: string): string {
  return cutText(redact(words), mostCharacters);
}

/** ` (words)`, or nothing. */
export function inBrackets(text: string | undefined): string {
  return text === undefined || text === '' ? '' : ` (${text})`;
}
