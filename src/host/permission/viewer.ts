import type { Refusal } from '#contract/refusals.ts';
import type { PeerUrls } from '../access/peer-urls.ts';

/** The peer to whom an answer is shown. */
export interface Viewer {
  sees(id: string): boolean;
  /** What they may not do with it. */
  refused(id: string): Refusal[];
  /** They may do what concerns all, and so are told how the host fares. */
  administers: boolean;
  /** The workspace that they asked about. */
  id?: string | undefined;
  /** Where they find workspaces; without it, where the local user does. */
  urls?: PeerUrls | undefined;
}
