/** How many connections from the tailnet may be open at a time. */
export interface ConnectionBounds {
  /** Of one device, whichever of its addresses they come from. */
  perDevice: number;
  all: number;
}

/**
 * For a device, an IDE in each of several tabs; for all, what the node's memory and this process's holds without being felt.
 */
export const usualBounds: ConnectionBounds = { perDevice: 512, all: 2_048 };

export interface OpenConnections {
  /** Whether one more of this device may come in; it is counted then, until it has left. */
  enter(device: string): boolean;
  leave(device: string): void;
}

/**
 * Counts connections by device. A device may have no more than are left to all others together, so that however many open without end,
 * one that comes after them still gets in (dynamic thresholds: Choudhury and Hahne, 1998). The node does the same (its bounds.go).
 */
export function countConnections({ perDevice, all }: ConnectionBounds): OpenConnections {
  const open = new Map<string, number>();
  let total = 0;
  return {
    enter(device) {
      const own = open.get(device) ?? 0;
      if (own >= perDevice || own >= all - total) return false;
      open.set(device, own + 1);
      total += 1;
      return true;
    },
    leave(device) {
      const own = open.get(device) ?? 0;
      if (own === 0) return;
      total -= 1;
      if (own === 1) open.delete(device);
      else open.set(device, own - 1);
    },
  };
}
