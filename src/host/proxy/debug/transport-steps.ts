import type { TransportState, TransportStatus } from '#contract/transport.ts';
import type { Step } from '../resolve/step.ts';

function knownOf({ state, why }: TransportState): string {
  switch (state) {
    case 'works':
      return 'It works.';
    case 'untried':
      return 'Nothing has gone by it yet.';
    case 'shut':
      return why ?? 'It does not work.';
  }
}

/**
 * Which way to the pods is taken, as the last rules of a request: those that would be better each with why it is not taken, then the one that
 * is (record 0039). Pure; nothing is tried by asking.
 */
export function transportSteps({ kind, why, ways }: TransportStatus): Step[] {
  const at = ways.findIndex((way) => way.kind === kind);
  const passed = ways.slice(0, Math.max(at, 0)).map((way): Step => {
    const again = way.again_at === undefined ? '' : ` It is tried again after ${way.again_at}.`;
    return { rule: 'transport', outcome: 'passed', why: `${way.kind}: ${knownOf(way)}${again}` };
  });
  const taken = ways[at];
  const known = taken === undefined ? (why ?? '') : knownOf(taken);
  return [...passed, { rule: 'transport', outcome: 'taken', why: `${kind}: ${known}`.trim() }];
}
