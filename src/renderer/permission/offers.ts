import type { CallerFacts, OfferedThing, Refusal } from '#contract/refusals.ts';
import { t } from '../words/language.ts';

/** What the pages offer that may be refused, and what each needs of a host. `local`: it is for the user of the host's computer alone. */
const needs = {
  launch: ['launch'],
  show: ['page'],
  ports: ['open'],
  logs: ['open'],
  terminal: ['terminal'],
  start: ['stop', 'launch'],
  stop: ['stop'],
  restart: ['stop'],
  edit: ['stop', 'launch'],
  delete: ['delete'],
  // Nobody gives what they do not have.
  share: ['share', 'open', 'terminal'],
  restore: ['stop', 'launch'],
  host: ['admin'],
  machine: 'local',
} as const satisfies Record<string, readonly OfferedThing[] | 'local'>;

export type Offer = keyof typeof needs;

/** A workspace or home, as far as it says what whoever looks at it may not do. */
export interface Refusing {
  readonly refused?: readonly Refusal[] | undefined;
}

/**
 * Why something is not offered to `caller`; undefined when it is. `of`: the workspace or home that it is about. Pure, and the one place
 * where the pages decide it: it spares people clicks that lead to a refusal, while the host asks about each call whatever is shown. Of
 * callers who are not known yet all is offered.
 */
export function whyNot(offer: Offer, caller: CallerFacts | undefined, of?: Refusing): string | undefined {
  const need = needs[offer];
  if (need === 'local') return caller?.local === false ? t().permission.onlyLocal : undefined;
  const refused = of === undefined ? caller?.refused : of.refused;
  const things: readonly OfferedThing[] = need;
  return refused?.find(({ what }) => things.includes(what))?.reason;
}

/** What somebody may not do with a workspace, in words, each with the reason; what a part of it is said with the whole. */
export function refusedWords({ refused = [] }: Refusing): { what: string; reason: string }[] {
  /** Of what a person may not do with a workspace, what they would look for there. */
  const words: Partial<Record<OfferedThing, string>> = t().permission.things;
  const isClosed = refused.some(({ what }) => what === 'open');
  return refused.flatMap(({ what, reason }) => {
    const said = isClosed && (what === 'page' || what === 'terminal') ? undefined : words[what];
    return said === undefined ? [] : [{ what: said, reason }];
  });
}
