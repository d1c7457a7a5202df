import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { each, parseEnv, parsePort, parseProbe, parseSeconds, parseLabel } from './launch-arguments.ts';

test.each([
  ['A=b', { name: 'A', value: 'b' }],
  ['A=', { name: 'A', value: '' }],
  ['A=b=c', { name: 'A', value: 'b=c' }],
  ['TOKEN', { name: 'TOKEN', value: 'from here' }],
])('--env %s', (text, wanted) => {
  expect(parseEnv(text, { TOKEN: 'from here' })).toEqual(wanted);
});

test.each([
  ['=b', 'has no name'],
  ['', 'has no name'],
  ['1A=b', 'cannot be the name of a variable'],
  ['A B=c', 'cannot be the name of a variable'],
  ['MISSING', 'MISSING is not set here'],
])('--env %j is refused', (text, why) => {
  expect(() => parseEnv(text, {})).toThrow(InvalidArgumentError);
  expect(() => parseEnv(text, {})).toThrow(why);
});

test.each([
  ['8080', { port: 8080 }],
  ['1', { port: 1 }],
  ['65535:a', { port: 65_535, name: 'a' }],
  ['8080:http-2', { port: 8080, name: 'http-2' }],
])('--port %s', (text, wanted) => {
  expect(parsePort(text)).toEqual(wanted);
});

test.each(['', '0', '65536', 'http', '8080:', '8080:HTTP', '8080:a-name-that-is-long', '80:a:b', '-1', '8080 '])(
  '--port %j is refused',
  (text) => {
    expect(() => parsePort(text)).toThrow(InvalidArgumentError);
  },
);

test.each([
  ['http', { kind: 'http' }],
  ['http:/a:b?c=d', { kind: 'http', path: '/a:b?c=d' }],
  ['slow:/', { kind: 'slow', path: '/' }],
  ['tcp', { kind: 'tcp' }],
  ['none', { kind: 'none' }],
])('--probe %s', (text, wanted) => {
  expect(parseProbe(text)).toEqual(wanted);
});

test.each(['', 'HTTP', '/health', 'http:', 'http:health', 'tcp:/health', 'none:/', 'http:/a b'])(
  '--probe %j is refused',
  (text) => {
    expect(() => parseProbe(text)).toThrow(InvalidArgumentError);
  },
);

test('--label takes a key and a value', () => {
  expect(parseLabel('team=blue')).toEqual(['team', 'blue']);
  expect(parseLabel('a=b=c')).toEqual(['a', 'b=c']);
  expect(parseLabel('empty=')).toEqual(['empty', '']);
  for (const text of ['', 'team', '=blue']) expect(() => parseLabel(text)).toThrow(InvalidArgumentError);
});

test('--timeout takes whole seconds', () => {
  expect(parseSeconds('90')).toBe(90);
  for (const text of ['0', '-1', '1.5', '5m', '']) expect(() => parseSeconds(text)).toThrow(InvalidArgumentError);
});

test('an option given several times keeps all values', () => {
  const collect = each(parsePort);
  expect(collect('2', collect('1', undefined))).toEqual([{ port: 1 }, { port: 2 }]);
});
