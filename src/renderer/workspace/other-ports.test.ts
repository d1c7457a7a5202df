import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { otherPorts } from './other-ports.ts';

const server = (ports: Server['ports'], phase: Server['phase'] = 'Running'): Server => ({
  id: 'a',
  name: 'a',
  image: 'i',
  status: 'running',
  phase,
  ...(ports === undefined ? {} : { ports }),
});
const port = (number: number, name?: string) => ({
  port: number,
  url: `https://${String(number)}--a.localhost/`,
  ...(name === undefined ? {} : { name }),
});

test.each<[string, Server, string[]]>([
  ['none', server(undefined), []],
  ['one is shown already', server([port(3000)]), []],
  ['8080 is the one shown', server([port(3000, 'web'), port(8080), port(8443)]), [':3000 web', ':8443']],
  ['else 8443', server([port(3000), port(8443)]), [':3000']],
  ['else the first', server([port(3000), port(5173)]), [':5173']],
  ['without an address it cannot be opened', server([port(3000), { port: 53 }, port(5173)]), [':5173']],
  ['while it does not run nothing answers', server([port(3000), port(5173)], 'Stopped'), []],
  [
    'no more than there is room for',
    server(Array.from({ length: 20 }, (_, n) => port(n + 1))),
    [2, 3, 4, 5, 6, 7].map((n) => `:${String(n)}`),
  ],
])('%s', (_what, it, labels) => {
  expect(otherPorts(it).map(({ label }) => label)).toEqual(labels);
});

test('what something listens at undeclared comes last, where it has an address', () => {
  const server = {
    phase: 'Running',
    ports: [
      { port: 8080, url: 'https://a/' },
      { port: 81, url: 'https://b/' },
    ],
  } as Server;
  const port = { name: '', declared: false, protocol: 'TCP', scheme: 'http', listening: true } as const;
  const known = [
    { ...port, port: 81, declared: true, url: 'https://b/' },
    { ...port, port: 5173, url: 'https://c/' },
    { ...port, port: 5432 },
  ];
  expect(otherPorts(server, known)).toEqual([
    { label: ':81', url: 'https://b/' },
    { label: ':5173', url: 'https://c/' },
  ]);
  expect(otherPorts({ ...server, phase: 'Stopped' }, known)).toEqual([]);
});
