import type { Server } from '#contract/server.ts';
import { t } from '../words/language.ts';
import type { Words } from '../words/words.ts';

export type PhaseFilter = keyof Words['list']['phaseFilters'];
export type Order = keyof Words['list']['orders'];

export interface ListView {
  /** Words, each of which has to be in the name, the image, the owner or the node. */
  text: string;
  phase: PhaseFilter;
  order: Order;
}

export const usualView: ListView = { text: '', phase: 'all', order: 'newest' };

/** What needs a person comes before what does not. */
const urgency: Record<Server['phase'], number> = {
  Failed: 0,
  Starting: 1,
  Pending: 1,
  Running: 2,
  Terminating: 3,
  Stopped: 4,
};

/** The workspaces of a list that a person asked for, in their order. `servers` come newest first, and stay so among equals. */
export function viewed(servers: readonly Server[], { text, phase, order }: ListView): Server[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = servers.filter((server) => isOfPhase(server, phase) && hasWords(server, words));
  switch (order) {
    case 'newest':
      return kept;
    case 'oldest':
      return kept.toReversed();
    case 'name':
      return kept.toSorted((a, b) => a.name.localeCompare(b.name));
    case 'phase':
      return kept.toSorted((a, b) => urgency[a.phase] - urgency[b.phase]);
    case 'owner':
      return kept.toSorted((a, b) => (a.owner ?? '').localeCompare(b.owner ?? ''));
  }
}

function isOfPhase({ phase }: Server, filter: PhaseFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'running':
      return phase === 'Running';
    case 'starting':
      return phase === 'Pending' || phase === 'Starting';
    case 'failed':
      return phase === 'Failed';
    case 'stopped':
      return phase === 'Stopped' || phase === 'Terminating';
  }
}

function hasWords({ name, image, owner = '', node = '' }: Server, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const all = `${name}\n${image}\n${owner}\n${node}`.toLowerCase();
  return words.every((word) => all.includes(word));
}

/** An owner in words: `local:ada` is Ada at this host's machine, `user:` and `device:` are of the tailnet. */
export function ownerWords(owner: string | undefined): string | undefined {
  if (owner === undefined) return undefined;
  const colon = owner.indexOf(':');
  const name = owner.slice(colon + 1);
  switch (owner.slice(0, colon)) {
    case 'local':
      return t().list.ownerHost(name);
    case 'device':
      return t().list.ownerDevice(name);
    case 'user':
      return name;
    default:
      return owner;
  }
}
