/**
 * Why a tunnel broke:
 * refused: nothing listens on the port inside the pod; gone: the pod is not there or not running; denied: RBAC;
 * unauthorized: the cluster does not take our credentials; offline: the API server does not answer; lost: the tunnel
 * was cut while in use; severed: the same, and it was the line to the API server that broke, of which the program has no part; protocol: the API server's answer was not what it should be; unreachable: no network leads from here to the pod's
 * own address; no-http: what listens is reached, and what it says is no HTTP, as far as the way speaks that itself.
 */
export type TunnelFailure =
  | 'refused'
  | 'gone'
  | 'denied'
  | 'unauthorized'
  | 'offline'
  | 'lost'
  | 'severed'
  | 'protocol'
  | 'unreachable'
  | 'no-http';

const codes: Partial<Record<TunnelFailure, string>> = {
  refused: 'ECONNREFUSED',
  lost: 'ECONNRESET',
  severed: 'ECONNRESET',
};

export class TunnelError extends Error {
  readonly failure: TunnelFailure;
  /** What Node's HTTP client looks at, in the words of a socket's errors. */
  readonly code: string;

  constructor(failure: TunnelFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'TunnelError';
    this.failure = failure;
    this.code = codes[failure] ?? 'EHOSTUNREACH';
  }
}

/** What the API server said instead of opening a tunnel. */
export function refusedUpgrade(status: number, message: string): TunnelError {
  const failure: TunnelFailure =
    status === 401
      ? 'unauthorized'
      : status === 403
        ? 'denied'
        : status === 404 || /not running|not found|terminated|unable to upgrade/i.test(message)
          ? 'gone'
          : status === 503 || status === 504
            ? 'offline'
            : 'protocol';
  return new TunnelError(failure, message === '' ? `The API server answered ${String(status)}.` : message);
}

/**
 * What the node said on the tunnel's error channel. Only what it says before it has reached the program is `refused` or `gone`:
 * containerd puts "failed to execute portforward in network namespace" before everything, also before an error in the middle of a
 * connection, when the program has had its bytes.
 */
export function reportedByNode(message: string): TunnelError {
  if (/connection refused|failed to connect to localhost/i.test(message)) return new TunnelError('refused', message);
  return new TunnelError(isOfPod(message) ? 'gone' : 'lost', message);
}

function isOfPod(message: string): boolean {
  return /not running|not found|failed to find sandbox|namespace (?:for sandbox \S+ is )?closed|no such file or directory/i.test(
    message,
  );
}
