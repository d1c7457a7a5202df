import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addPlacementOptions, placementOf } from './placement-options.ts';
import type { PlacementOptions } from './placement-options.ts';

/** What of a command line reaches the request. */
function requested(words: string[]): object {
  const command = addPlacementOptions(new Command().argument('<image>').argument('[words...]'));
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  command.parse(words, { from: 'user' });
  return placementOf(command.opts<PlacementOptions>(), command.args.slice(1));
}

test.each<[string[], object]>([
  [['alpine'], {}],
  [['alpine', 'sleep', '60'], { args: ['sleep', '60'] }],
  [['alpine', '--', '-c', '--owner=x'], { args: ['-c', '--owner=x'] }],
  [['alpine', '--command', '--', 'sh', '-c', 'exit 1'], { command: ['sh', '-c', 'exit 1'] }],
  [
    ['a', '--env-from', 'secret/b', '--env-from', 'configmap/c'],
    { envFrom: [{ secretRef: { name: 'b' } }, { configMapRef: { name: 'c' } }] },
  ],
  [['a', '--exposure', 'LoadBalancer'], { exposure: { type: 'LoadBalancer' } }],
  [
    ['a', '--domain', 'dev.example.com', '--ingress-class', 'nginx', '--tls-issuer', 'le'],
    { exposure: { type: 'Ingress', domain: 'dev.example.com', ingressClass: 'nginx', tlsIssuer: 'le' } },
  ],
  [['a', '--node-selector', 'disk=ssd', '--node-selector', 'zone='], { nodeSelector: { disk: 'ssd', zone: '' } }],
  [
    ['a', '--toleration', 'gpu:NoSchedule'],
    { tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }] },
  ],
  [
    ['a', '--service-account', 'builder', '--pull-secret', 'x', '--pull-secret', 'y', '--owner', 'user:anna'],
    { serviceAccountName: 'builder', imagePullSecrets: [{ name: 'x' }, { name: 'y' }], owner: 'user:anna' },
  ],
])('launch %j', (words, wanted) => {
  expect(requested(words)).toEqual(wanted);
});

test.each([[['a', '--exposure', 'NodePort']], [['a', '--node-selector', '=x']], [['a', '--env-from', 'x']]])(
  'launch %j is refused',
  (words) => {
    expect(() => requested(words)).toThrow();
  },
);
