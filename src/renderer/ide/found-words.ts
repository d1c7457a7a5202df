import { t } from '../words/language.ts';

/** What a search for `text` has come to, in words; nothing while there is no text or no answer yet. */
export function foundWords(text: string, result: { active: number; total: number } | undefined): string {
  if (text === '' || result === undefined) return '';
  return result.total === 0 ? t().search.notFound : t().search.of(String(result.active), String(result.total));
}
