import type { Split } from './tabs.ts';

/** Half of the line between two parts, in CSS pixels; it is also what is gripped to move it. */
const halfLine = 3;

/** Where something stands in the room for IDEs, as CSS writes it. */
export interface Place {
  left: string;
  top: string;
  right: string;
  bottom: string;
}

const whole: Place = { left: '0px', top: '0px', right: '0px', bottom: '0px' };

/** Where each part of a split view and the line between them stand; without a split there is one part, which is all of it. */
export function placesOf(split: Split | undefined): { first: Place; second: Place; line: Place } {
  if (split === undefined) return { first: whole, second: whole, line: whole };
  const before = `calc(${percent(1 - split.share)} + ${String(halfLine)}px)`;
  const after = `calc(${percent(split.share)} + ${String(halfLine)}px)`;
  const lineStart = `calc(${percent(split.share)} - ${String(halfLine)}px)`;
  const lineEnd = `calc(${percent(1 - split.share)} - ${String(halfLine)}px)`;
  return split.direction === 'row'
    ? {
        first: { ...whole, right: before },
        second: { ...whole, left: after },
        line: { ...whole, left: lineStart, right: lineEnd },
      }
    : {
        first: { ...whole, bottom: before },
        second: { ...whole, top: after },
        line: { ...whole, top: lineStart, bottom: lineEnd },
      };
}

function percent(share: number): string {
  return `${String(Math.round(share * 10_000) / 100)}%`;
}

/** The share that a key on the line leads to; undefined for a key that means nothing there (WAI-ARIA Authoring Practices, window splitter). */
export function shareAfterKey({ direction, share }: Split, key: string): number | undefined {
  const [less, more] = direction === 'row' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  if (key === less) return share - 0.05;
  if (key === more) return share + 0.05;
  if (key === 'Home') return 0;
  if (key === 'End') return 1;
  return key === 'Enter' ? 0.5 : undefined;
}
