import { expect, test } from 'vitest';
import { reportedByNode } from './tunnel-error.ts';
import type { TunnelFailure } from './tunnel-error.ts';

const inNamespace = 'error forwarding port 8080 to pod 5c1, uid : failed to execute portforward in network namespace';

// The words of containerd 1.7 and 2.4 (internal/cri/server/sandbox_portforward_linux.go), of the kubelet, and of CRI-O's socat.
test.each<[said: string, failure: TunnelFailure]>([
  [
    `${inNamespace} "/var/run/netns/cni-1": failed to connect to localhost:8080 inside namespace "5c1", IPv4: dial tcp4 127.0.0.1:8080: connect: connection refused IPv6 dial tcp6 [::1]:8080: connect: connection refused `,
    'refused',
  ],
  [
    `${inNamespace} "/var/run/netns/cni-1": failed to connect to localhost:8080 inside namespace "5c1", IPv4: dial tcp4: lookup localhost: no such host IPv6 dial tcp6: lookup localhost: no such host `,
    'refused',
  ],
  ['socat E connect(5, AF=2 127.0.0.1:8080, 16): Connection refused', 'refused'],
  [
    `${inNamespace} "/var/run/netns/cni-1": read tcp4 127.0.0.1:1->127.0.0.1:8080: read: connection reset by peer`,
    'lost',
  ],
  [`${inNamespace} "/var/run/netns/cni-1": write tcp4 127.0.0.1:1->127.0.0.1:8080: write: broken pipe`, 'lost'],
  [`${inNamespace} "/var/run/netns/cni-1": readfrom tcp4 127.0.0.1:1: use of closed network connection`, 'lost'],
  [`${inNamespace} "/var/run/netns/cni-1": failed to Statfs "/var/run/netns/cni-1": no such file or directory`, 'gone'],
  ['error forwarding port 8080 to pod 5c1, uid : network namespace for sandbox "5c1" is closed', 'gone'],
  [
    'error forwarding port 8080 to pod 5c1, uid : failed to check netwok namespace closed for sandbox "5c1": gone',
    'gone',
  ],
  ['error forwarding port 8080 to pod 5c1, uid : failed to find sandbox "5c1" in store: not found', 'gone'],
  ['unable to do port forwarding: pod is not running', 'gone'],
])('%s', (said, failure) => {
  expect(reportedByNode(said)).toMatchObject({ failure, message: said });
});
