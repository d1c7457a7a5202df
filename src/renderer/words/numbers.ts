import { locale } from './language.ts';

/** A number as the person's region writes it, 5,000 or 5.000, with so many digits behind its point. */
export function numberWords(value: number, digits = 0): string {
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale(), fraction).format(value);
}

/** Date and time as the person's region writes them; as it came where it is none. */
export function dateWords(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'short', timeStyle: 'short' }).format(date);
}
