import { chooseLanguage, type Language } from '#contract/words/choose-language.ts';
import { windowWordsInGerman } from '#contract/words/window-de.ts';
import { windowWords, type WindowWords } from '#contract/words/window-en.ts';

const words: Readonly<Record<Language, WindowWords>> = { en: windowWords, de: windowWordsInGerman };

/** English until it is said otherwise; so it is in tests of what is shown. */
let language: Language = 'en';
const listeners = new Set<() => void>();

/** The texts in the app's language. To be read where they are shown, so that another choice shows at once. */
export function t(): WindowWords {
  return words[language];
}

/** What the document that says these texts is marked with. */
export function languageOfWords(): Language {
  return language;
}

/** Speaks the language that was chosen, or the first of the system's that there is. */
export function speak(chosen: string | undefined, preferred: readonly string[]): void {
  const next = chooseLanguage(chosen ?? null, preferred);
  if (next === language) return;
  language = next;
  for (const listener of listeners) listener();
}

/** Calls back when it speaks another language. Returns the end of it. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
