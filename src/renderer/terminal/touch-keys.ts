import type { Words } from '../words/words.ts';

/** A key that a phone's keyboard has not. `normal`: what terminals send; `application`: in the mode of that name (DECCKM). */
export interface TouchKey {
  label: string;
  /** For those who hear it. */
  name: keyof Words['terminal']['keyNames'];
  text: string;
}

/** The keys that a shell is hardly used without, as xterm sends them. */
export const touchKeys: readonly TouchKey[] = [
  { label: 'Esc', name: 'Escape', text: '\u001b' },
  { label: 'Tab', name: 'Tab', text: '\t' },
  { label: '↑', name: 'Up', text: '\u001b[A' },
  { label: '↓', name: 'Down', text: '\u001b[B' },
  { label: '←', name: 'Left', text: '\u001b[D' },
  { label: '→', name: 'Right', text: '\u001b[C' },
  { label: '|', name: 'Pipe', text: '|' },
  { label: '/', name: 'Slash', text: '/' },
  { label: '-', name: 'Dash', text: '-' },
  { label: '~', name: 'Tilde', text: '~' },
];

/** What a character is with Ctrl held (ECMA-48: its lower five bits); undefined where there is no such control. Pure. */
export function withControl(text: string): string | undefined {
  if (text === ' ') return '\u0000';
  if (!/^[@-_a-z]$/.test(text)) return undefined;
  return String.fromCharCode(text.toUpperCase().charCodeAt(0) & 0x1f);
}

/** In application mode arrows begin otherwise (xterm's ctlseqs, "PC-Style Function Keys"). Pure. */
export function inMode(text: string, isApplication: boolean): string {
  return isApplication && text.length === 3 && text.startsWith('\u001b[') ? `\u001bO${text.slice(2)}` : text;
}
