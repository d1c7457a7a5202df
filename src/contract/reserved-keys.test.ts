import { expect, test } from 'vitest';
import { reservedFor } from './reserved-keys.ts';

test.for([
  ['team', undefined],
  ['example.org/team', undefined],
  ['notkubernetes.io/a', undefined],
  ['guildnet.io', undefined],
  ['app.kubernetes.io/name', undefined],
  ['app.kubernetes.io/version', undefined],
  ['app.kubernetes.io/managed-by', 'GuildNet'],
  ['app.kubernetes.io/instance', 'GuildNet'],
  ['guildnet.io/id', 'GuildNet'],
  ['GuildNet.io/id', 'GuildNet'],
  ['more.guildnet.io/id', 'GuildNet'],
  ['kubernetes.io/metadata.name', 'Kubernetes'],
  ['applyset.kubernetes.io/part-of', 'Kubernetes'],
  ['pod-security.kubernetes.io/enforce', 'Kubernetes'],
  ['x-k8s.io/a', undefined],
  ['gateway.networking.k8s.io/a', 'Kubernetes'],
] as const)('%s is reserved for %s', ([key, owner]) => expect(reservedFor(key)).toBe(owner));
