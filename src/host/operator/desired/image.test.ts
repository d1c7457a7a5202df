import { describe, expect, test } from 'vitest';
import { imageFailure, imagePullPolicy, looksLikeCodeServer } from './image.ts';

// Specification, "Operator Defaults & Hardening": Image, and the code-server heuristic.

describe('the image is required', () => {
  test.for(['', ' ', 'a b', 'Capital'])('"%s" fails with a remedy', (image) =>
    expect(imageFailure(image)).toMatchObject({ reason: 'InvalidImageName', remedy: expect.any(String) as string }),
  );
  test('a good one does not', () => expect(imageFailure('alpine:3')).toBeUndefined());
});

describe('what resembles code-server', () => {
  test.for([
    ['codercom/code-server', true],
    ['codercom/code-server:4.139.1', true],
    ['ghcr.io/coder/code-server@sha256:0', true],
    ['localhost:5000/my-code-server:dev', true],
    ['lscr.io/linuxserver/codeserver', true],
    ['ghcr.io/code-server/base:1', true],
    ['guildnet.local/code-server:4.139.1', true],
    ['code-server.example/alpine', false],
    ['alpine:code-server', false],
    ['alpine', false],
    ['codeserv', false],
  ] as const)('%s: %s', ([image, expected]) => expect(looksLikeCodeServer(image)).toBe(expected));
});

describe('when the image is pulled', () => {
  test.for([
    ['alpine', 'Always'],
    ['alpine:latest', 'Always'],
    ['localhost:5000/alpine', 'Always'],
    ['alpine:3', 'IfNotPresent'],
    ['localhost:5000/alpine:3', 'IfNotPresent'],
    ['alpine@sha256:0', 'IfNotPresent'],
    ['alpine:latest@sha256:0', 'IfNotPresent'],
  ] as const)('%s: %s', ([image, policy]) => expect(imagePullPolicy(image)).toBe(policy));
});
