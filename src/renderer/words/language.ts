import { createSignal } from 'solid-js';
import { chooseLanguage, type Language } from '#contract/words/choose-language.ts';
import { german } from './german.ts';
import { english, type Words } from './words.ts';

const words: Readonly<Record<Language, Words>> = { en: english, de: german };
const key = 'guildnet.language';

/** A page has one language, and until it is chosen it is English; so it is in tests of what is shown. */
const [language, setLanguage] = createSignal<Language>('en');
const [choice, setChoice] = createSignal<Language | ''>('');

/** The texts in the language of the page. To be read where they are shown, so that another choice shows at once. */
export function t(): Words {
  return words[language()];
}

/** What dates, numbers and sizes are written by: the person's own region where it has the page's language. */
export function locale(): string {
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(language())) ?? language();
}

/** What the person has chosen; empty where they leave it to the system. */
export { choice as languageChoice };

/** Speaks this language from now on, and in this browser from then on. Empty: the system's. */
export function speak(chosen: Language | ''): void {
  if (chosen === '') localStorage.removeItem(key);
  else localStorage.setItem(key, chosen);
  followLanguage();
}

/** Takes the language that was chosen in this browser, or the system's; called when the page begins and when either changes. */
export function followLanguage(): void {
  const chosen = localStorage.getItem(key);
  const next = chooseLanguage(chosen, navigator.languages);
  setChoice(chosen === next ? next : '');
  setLanguage(next);
  document.documentElement.lang = next;
}
