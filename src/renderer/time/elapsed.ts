const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of milliseconds in words as exact as a person wants them: `8 s`, `4 min`, `2 h 5 min`, `3 d 4 h`. Never negative. */
export function elapsedWords(ms: number): string {
  const span = Math.max(0, ms);
  if (span < minute) return `${Math.floor(span / second)} s`;
  if (span < hour) return `${Math.floor(span / minute)} min`;
  if (span < day) return pair(span, hour, 'h', minute, 'min');
  return pair(span, day, 'd', hour, 'h');
}

/** The same while somebody watches it pass: seconds stay visible, `1 min 08 s`, up to an hour. */
export function stopwatchWords(ms: number): string {
  const span = Math.max(0, ms);
  if (span < minute || span >= hour) return elapsedWords(span);
  const seconds = Math.floor((span % minute) / second);
  return `${Math.floor(span / minute)} min ${String(seconds).padStart(2, '0')} s`;
}

function pair(span: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((span % big) / small);
  const head = `${Math.floor(span / big)} ${bigUnit}`;
  return rest === 0 ? head : `${head} ${rest} ${smallUnit}`;
}
