import { statusMessage } from './status-message.ts';
import { refusedUpgrade, TunnelError } from './tunnel-error.ts';
import { WayBlocked } from './ways/way.ts';

/** What somebody answered who was asked for another protocol. */
export interface Refusal {
  status: number;
  contentType: string;
  /** Its beginning is enough. */
  body: string;
}

/** Of an answer that is not the API server's own word only so much is told. */
const mostTold = 200;
/** What the API server or the node says of a pod, whatever the status. */
const ofThePod = /not running|not found|does not exist|terminated/i;
/** Answers by which an API server says that it does not speak what it was asked for, or could not go on with it. */
const notSpoken: ReadonlySet<number> = new Set([200, 400, 405, 411, 426, 500, 501, 502]);

/** A page for people: a login, a gateway's error. Its text is not told: it may be anybody's. */
function isPage({ contentType, body }: Refusal): boolean {
  return /\bhtml\b/i.test(contentType) || /^\s*<(?:!doctype|html)\b/i.test(body);
}

function toldOf(refusal: Refusal): string {
  const status = String(refusal.status);
  if (isPage(refusal)) return `Something before the API server answered with a page (${status}).`;
  const text = refusal.body.slice(0, mostTold).trim();
  return text === '' ? `The API server answered ${status}.` : text;
}

/**
 * What an answer means that was given instead of another protocol. A Kubernetes Status is the API server's own word about us or the pod;
 * anything else is somebody's in between, or a node's plain text, and says that this protocol does not get through.
 */
export function judgeRefusal(refusal: Refusal): WayBlocked | TunnelError {
  const { status, body } = refusal;
  const message = statusMessage(body);
  if (status === 401) return refusedUpgrade(status, message ?? toldOf(refusal));
  if (message !== undefined) {
    const error = refusedUpgrade(status, message);
    return notSpoken.has(status) && error.failure !== 'gone' ? new WayBlocked(error) : error;
  }
  if (!isPage(refusal) && ofThePod.test(body)) return new TunnelError('gone', toldOf(refusal));
  const failure = status === 503 || status === 504 ? 'offline' : 'protocol';
  return new WayBlocked(new TunnelError(failure, toldOf(refusal)));
}
