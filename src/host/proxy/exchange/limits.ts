/** Seconds and counts that bound what one exchange, or one workspace, may take of the host. Streams have no total limit. */
export interface ExchangeLimits {
  /** Milliseconds until a workspace has to begin its answer, counted from the last byte of the request. */
  answerMs: number;
  /** Milliseconds until it has to answer an upgrade. */
  upgradeMs: number;
  /** Milliseconds without a byte, after one direction of an upgraded connection has ended, until the other is ended. */
  lingerMs: number;
  /** Bytes of an answer that takes the place of an upgrade: nobody reads more of it than its reason. */
  refusalBytes: number;
  /** Bytes of a workspace's response headers. */
  headerBytes: number;
  /** Interim answers (1xx) before the real one. */
  interim: number;
  /** Requests and upgraded connections of one workspace at a time. */
  exchanges: number;
}

export const defaultLimits: ExchangeLimits = {
  answerMs: 10 * 60_000,
  upgradeMs: 30_000,
  lingerMs: 30_000,
  refusalBytes: 1024 * 1024,
  headerBytes: 256 * 1024,
  interim: 32,
  exchanges: 1_000,
};
