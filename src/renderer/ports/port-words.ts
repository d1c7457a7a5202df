import type { Forward } from '#contract/forwards.ts';
import type { WorkspacePort } from '#contract/workspace-events.ts';
import { t } from '../words/language.ts';

/** What is known of a port, for a person. */
export function openWords({ listening }: Pick<WorkspacePort, 'listening'>): string {
  if (listening === undefined) return t().portList.notKnown;
  return listening ? t().portList.open : t().portList.closed;
}

/** How much goes through a forward. */
export function useWords({ connections }: Pick<Forward, 'connections'>): string {
  const { open, refused } = connections;
  const now = t().portList.connections(open);
  return refused === 0 ? now : `${now}, ${t().portList.refused(refused)}`;
}

/** The number that somebody has typed as a port; undefined when it is none. */
export function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}
