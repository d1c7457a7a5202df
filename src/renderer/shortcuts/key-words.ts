import type { Accelerator } from '#contract/shortcuts/accelerator.ts';
import type { Words } from '../words/words.ts';

const onMac = { control: '⌃', alt: '⌥', shift: '⇧', meta: '⌘' } as const;

/** A key as keyboards have it written on them, in the person's language: `Ctrl+Alt+G`, `Strg+Alt+G`, `⌥⌘G`. */
export function keyWords(accelerator: Accelerator, words: Words['shortcuts']['keys'], isMac: boolean): string {
  const { key } = accelerator;
  const name = Object.hasOwn(words, key) ? words[key as keyof typeof words] : key.toUpperCase();
  if (isMac) {
    const signs = (['control', 'alt', 'shift', 'meta'] as const).filter((part) => accelerator[part]);
    return `${signs.map((part) => onMac[part]).join('')}${name}`;
  }
  const parts = (['control', 'meta', 'alt', 'shift'] as const).filter((part) => accelerator[part]);
  return [...parts.map((part) => words[part]), name].join('+');
}
