import type { TransportKind } from '#contract/transport.ts';
import type { Prepared } from '../forward.ts';
import type { PodName, TunnelTarget } from '../transport.ts';
import type { TunnelError } from '../tunnel-error.ts';

/** One way to the pods, behind which everything else is the same. */
export interface Way {
  readonly kind: TransportKind;
  /** What `prepare` gives has answered, when it was asked to prove itself. */
  readonly proves: boolean;
  /** A connection that can be begun without waiting; undefined: there is none. */
  ready(target: TunnelTarget): Prepared | undefined;
  /** A connection for small answers that stands beside others, without waiting. Absent where there is nothing that could be shared. */
  share?(target: TunnelTarget): Prepared | undefined;
  /**
   * A connection that can be begun. Rejects with WayBlocked where this way does not lead through, and otherwise with a TunnelError. `prove`:
   * nothing is known of this way yet, so it has to have answered before anything is entrusted to it.
   */
  prepare(target: TunnelTarget, prove: boolean): Promise<Prepared>;
  /** The pod is gone: what runs to it ends. */
  forget(pod: PodName): void;
  /** What is open may lead nowhere any more; each has to show that it does. Absent where it cannot be asked. */
  doubt?(): void;
  /** Ends all. */
  close(): void;
}

/** Who hears how a way fares. */
export interface WayListener {
  /** A connection to this pod was cut that was in use. */
  cut(pod: PodName): void;
  /** Something was answered; told by ways that cannot be made to prove themselves before something is entrusted to them. */
  works(): void;
  /** It was refused in use. */
  blocked(why: string): void;
}

/** Something between here and the pods does not let this protocol through, or not as it should; another one may get there. */
export class WayBlocked extends Error {
  override readonly name = 'WayBlocked';
  /** What it is called where no other way leads there either. */
  readonly otherwise: TunnelError;

  constructor(otherwise: TunnelError) {
    super(otherwise.message, { cause: otherwise });
    this.otherwise = otherwise;
  }
}
