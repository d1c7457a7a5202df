import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { decideClosing, type AboutToClose } from './closing.ts';

const server = (id: string, phase: Server['phase']): [string, Server] => [
  id,
  { id, name: id, image: 'i', status: 'running', phase },
];
const own = { phase: 'online', source: 'kubeconfig', local: { available: true } } as const;
const local = { ...own, source: 'local' } as const;
const usual: AboutToClose = {
  hasTray: false,
  isKnown: false,
  isDownloading: false,
  world: { servers: new Map([server('a', 'Running')]), cluster: own },
};
const idle = new Map([server('a', 'Stopped'), server('b', 'Failed')]);

test.each<[string, Partial<AboutToClose>, string]>([
  ['with a tray it hides', { hasTray: true }, 'hide'],
  ['with a tray it hides, whatever runs', { hasTray: true, isDownloading: true }, 'hide'],
  ['without one and with something running, it asks', {}, 'ask'],
  ['once that is known, it ends', { isKnown: true }, 'quit'],
  ['with nothing running it ends', { world: { servers: idle, cluster: own } }, 'quit'],
  ['with no cluster it ends', { world: { servers: new Map(), cluster: undefined } }, 'quit'],
  [
    'what stops with the local cluster is always asked about',
    { isKnown: true, world: { ...usual.world, cluster: local } },
    'ask',
  ],
  ['an idle local cluster is not', { world: { servers: idle, cluster: local } }, 'quit'],
  ['a download is always asked about', { isKnown: true, isDownloading: true }, 'ask'],
])('%s', (_what, change, wanted) => {
  expect(decideClosing({ ...usual, ...change }).what).toBe(wanted);
});

test.each<[string, Partial<AboutToClose>, string]>([
  ['a cluster of one’s own', {}, 'One workspace will keep running in the cluster.'],
  ['the local one', { world: { ...usual.world, cluster: local } }, 'One workspace will stop with the local cluster'],
  ['a download', { isDownloading: true }, 'A download that is under way is given up.'],
])('says what it means for %s', (_what, change, words) => {
  expect(decideClosing({ ...usual, ...change })).toHaveProperty('detail', expect.stringContaining(words));
});
