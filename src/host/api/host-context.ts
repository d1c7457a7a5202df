import type { PeerUrls } from '../access/peer-urls.ts';
import type { Identity } from '../access/who.ts';

/** Who calls. */
type Caller =
  | { kind: 'desktop' }
  | { kind: 'in-process' }
  | {
      kind: 'http';
      address: string;
      /** Who it was recognised as; undefined only where everyone may ask. */
      identity: Identity | undefined;
      /** The user of this computer whose program calls, where that is known and says something. */
      user(): Promise<number | undefined>;
      /** Where they find things, where that is elsewhere than for the local user. */
      urls?: PeerUrls | undefined;
    };

export interface HostContext {
  caller: Caller;
  /** Of an HTTP request; calls over other faces get one each. */
  requestId?: string;
  /** Says something in a header of the answer, where the face has any. */
  setHeader?: (name: string, value: string) => void;
}
