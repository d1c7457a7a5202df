import type { Server } from '#contract/server.ts';
import type { WorkspacePort } from '#contract/workspace-events.ts';

export interface PortLink {
  label: string;
  url: string;
}

/** As many as a toolbar has room for; the rest is on the page of the ports. */
const most = 6;

/**
 * The ports of a running workspace that its page does not show already: that shows 8080, else 8443, else the first
 * (specification, "Proxy Resolution Order"). Those without an address cannot be opened. What nobody has declared and something listens
 * at comes last.
 */
export function otherPorts({ phase, ports = [] }: Server, known: readonly WorkspacePort[] = []): PortLink[] {
  if (phase !== 'Running') return [];
  const found = known.flatMap(({ port, declared, url }) => (declared || url === undefined ? [] : [{ port, url }]));
  const linked = ports.flatMap(({ port, name, url }) => (url === undefined ? [] : [{ port, name, url }]));
  const shown = linked.find(({ port }) => port === 8080) ?? linked.find(({ port }) => port === 8443) ?? linked[0];
  return [...linked.filter((one) => one !== shown), ...found.map((one) => ({ ...one, name: undefined }))]
    .slice(0, most)
    .map(({ port, name, url }) => ({
      label: name === undefined ? `:${String(port)}` : `:${String(port)} ${name}`,
      url,
    }));
}
