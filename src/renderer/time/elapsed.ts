import { t } from '../words/language.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of milliseconds in words as exact as a person wants them: `8 s`, `4 min`, `2 h 5 min`, `3 d 4 h`. Never negative. */
export function elapsedWords(ms: number): string {
  const span = Math.max(0, ms);
  if (span < minute) return t().time.seconds(Math.floor(span / second));
  if (span < hour) return t().time.minutes(Math.floor(span / minute));
  if (span < day) return pair(span, hour, 'hours', minute, 'minutes');
  return pair(span, day, 'days', hour, 'hours');
}

/** The same while somebody watches it pass: seconds stay visible, `1 min 08 s`, up to an hour. */
export function stopwatchWords(ms: number): string {
  const span = Math.max(0, ms);
  if (span < minute || span >= hour) return elapsedWords(span);
  const seconds = Math.floor((span % minute) / second);
  return `${t().time.minutes(Math.floor(span / minute))} ${String(seconds).padStart(2, '0')} s`;
}

type Unit = 'days' | 'hours' | 'minutes';

function pair(span: number, big: number, bigUnit: Unit, small: number, smallUnit: Unit): string {
  const rest = Math.floor((span % big) / small);
  const head = t().time[bigUnit](Math.floor(span / big));
  return rest === 0 ? head : `${head} ${t().time[smallUnit](rest)}`;
}
