import type { NodePeer } from '../node-messages.ts';

/** Addresses whose device is remembered. */
const mostKnown = 4_096;

/** Whose an address is, asked once until who is there has changed. */
export interface Devices {
  /** What nobody knows counts as one device: a subnet router can send any number of addresses. */
  of(address: string): Promise<string>;
  forget(): void;
}

export function createDevices(whois: (address: string) => Promise<NodePeer>): Devices {
  let known = new Map<string, Promise<string>>();
  return {
    of(address) {
      const found = known.get(address);
      if (found !== undefined) return found;
      if (known.size >= mostKnown) known = new Map();
      const asked = whois(address).then(
        ({ device }) => device.id,
        () => '',
      );
      known.set(address, asked);
      return asked;
    },
    forget: () => (known = new Map()),
  };
}
