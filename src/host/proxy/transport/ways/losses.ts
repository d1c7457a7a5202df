import type { TransportKind } from '#contract/transport.ts';

/** What the API server's proxy does to what passes (apimachinery/pkg/util/proxy, apiserver/pkg/util/proxy; tried on 1.37). */
const podProxyLosses = [
  'WebSockets and other upgrades are refused: their query would be lost (kubernetes#77142).',
  'Paths are tidied up: // becomes /, and %2F is decoded; one with ".." is refused.',
  'Authorization does not reach the workspace: the API server takes it for its own. Programs that are signed in to by it ask for their password.',
  'Host is the API server’s, or a gateway’s; the address that was asked for stands in X-Forwarded-Host alone. Origin of the workspace’s own pages is left out, since programs compare the two.',
  'CORS headers of answers are taken away.',
  'Links in HTML are written anew by the API server; they are put right here, but the text is not the same, byte for byte.',
  'Only HTTP/1.1 passes: ports that speak anything else cannot be forwarded.',
] as const;

/** What is lost on a way to the pods, in words for people. Empty: every byte arrives as it was sent. */
export function lossesOf(kind: TransportKind): readonly string[] {
  return kind === 'pod-proxy' ? podProxyLosses : [];
}
