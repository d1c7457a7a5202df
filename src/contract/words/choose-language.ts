/** The languages that the pages speak, each by its own name. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languageNames;

const isLanguage = (text: string): text is Language => Object.hasOwn(languageNames, text);

/**
 * The language to speak: the one that was chosen, or else the first of the person's own (BCP 47, in their order) that there is, or English. Pure.
 */
export function chooseLanguage(chosen: string | null, preferred: readonly string[]): Language {
  if (chosen !== null && isLanguage(chosen)) return chosen;
  return preferred.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find(isLanguage) ?? 'en';
}
