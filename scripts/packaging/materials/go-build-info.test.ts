import { expect, test } from 'vitest';
import { readGoBuildInfo } from './go-build-info.ts';

const fence = Buffer.alloc(16, 0xf3);
const lengthOf = (bytes: Buffer): Buffer =>
  bytes.length < 0x80 ? Buffer.from([bytes.length]) : Buffer.from([(bytes.length & 0x7f) | 0x80, bytes.length >> 7]);
const text = (bytes: Buffer): Buffer => Buffer.concat([lengthOf(bytes), bytes]);

function program(modules: string, { flags = 2, go = 'go1.26.8' } = {}): Buffer {
  const header = Buffer.concat([
    Buffer.from('\u{ff} Go buildinf:', 'latin1'),
    Buffer.from([8, flags]),
    Buffer.alloc(16),
  ]);
  const described = text(Buffer.concat([fence, Buffer.from(modules), fence]));
  return Buffer.concat([Buffer.alloc(100), header, text(Buffer.from(go)), described, Buffer.alloc(9)]);
}

test('the modules that a program was made of, those that took the place of others included', () => {
  const modules = [
    'path\tguildnet.io/tailnet-node',
    'mod\tguildnet.io/tailnet-node\t(devel)\t',
    'dep\ttailscale.com\tv1.102.5\th1:AAEC',
    'dep\texample.org/old\tv1.0.0\th1:AQ==',
    '=>\texample.org/fork\tv1.0.1\th1:Ag==',
    'dep\texample.org/folder\tv1.0.0',
    'build\t-trimpath=true',
    '',
  ].join('\n');
  expect(readGoBuildInfo(program(modules))).toEqual({
    go: '1.26.8',
    modules: [
      { path: 'tailscale.com', version: 'v1.102.5', sum: 'AAEC' },
      { path: 'example.org/fork', version: 'v1.0.1', sum: 'Ag==' },
      { path: 'example.org/folder', version: 'v1.0.0', sum: undefined },
    ],
  });
});

test('what is no Go program, or one that is cut off, is not taken for one', () => {
  expect(() => readGoBuildInfo(Buffer.from('#!/bin/sh\n'))).toThrow('no program that Go has compiled');
  expect(() => readGoBuildInfo(program('', { flags: 0 }))).toThrow('no program that Go has compiled');
  expect(() => readGoBuildInfo(program('').subarray(0, 132))).toThrow('cut off');
});
