import { describe, expect, test } from 'vitest';
import { baseNameOfImage, checkBaseName, isDnsLabel, suffixedName, toDnsLabel } from './names.ts';

// Specification, "Multiple Workspaces & Name Generation".

describe('baseNameOfImage', () => {
  test.for([
    ['alpine', 'alpine'],
    ['alpine:3.20', 'alpine'],
    ['codercom/code-server:4', 'code-server'],
    ['ghcr.io/a/Code_Server:4@sha256:abc', 'code-server'],
    ['localhost:5000/x', 'x'],
    ['registry.example:5000/team/my.image', 'my-image'],
    ['7zip', 'w-7zip'],
    ['a/---', 'workspace'],
    ['', 'workspace'],
  ] as const)('%s → %s', ([image, name]) => expect(baseNameOfImage(image)).toBe(name));
});

describe('toDnsLabel', () => {
  test.for([
    ['My IDE!', 'my-ide'],
    ['--a--', 'a'],
    ['Ünï', 'n'],
    ['9 lives', 'w-9-lives'],
    ['...', ''],
  ] as const)('%s → %s', ([text, label]) => expect(toDnsLabel(text)).toBe(label));

  test('is cut without a hyphen at the end', () => expect(toDnsLabel('abc-def', 4)).toBe('abc'));

  test('gives labels or nothing, whatever comes in', () => {
    for (const text of ['a'.repeat(200), '1'.repeat(200), '-'.repeat(70), 'x-'.repeat(60), '日本', 'a\u0000b']) {
      const label = toDnsLabel(text);
      expect(label === '' || isDnsLabel(label), text).toBe(true);
    }
  });
});

describe('suffixedName', () => {
  test('is <base>-<five hex digits>', () => expect(suffixedName('code-server', 'ab12cdef')).toBe('code-server-ab12c'));
  test('leaves room for a port before it in a host name', () => {
    const name = suffixedName('a'.repeat(300), '01234');
    expect(`65535s--${name}`).toHaveLength(63);
    expect(isDnsLabel(name)).toBe(true);
  });
  test('does not end the base with a hyphen', () =>
    expect(suffixedName(`${'a'.repeat(48)}-b`, '01234')).toBe(`${'a'.repeat(48)}-01234`));
  test('never has an empty base', () => expect(suffixedName('???', '01234')).toBe('workspace-01234'));
});

describe('checkBaseName', () => {
  test.for(['a', 'my-ide', 'a1', 'a'.repeat(49)])('takes %s', (name) => expect(checkBaseName(name)).toBe(name));

  test.for([
    ['', /may hold only/, /lower-case letters/],
    ['MyIde', /"MyIde" is not usable/, /"myide"/],
    ['my ide', /not usable/, /"my-ide"/],
    ['-a', /not usable/, /"a"/],
    ['1a', /begin with a letter/, /"w-1a"/],
    ['a.b', /not usable/, /"a-b"/],
    ['a'.repeat(300), /300 characters; 49 is the most/, /a{49}/],
  ] as const)('refuses %s with a suggestion', ([name, message, remedy]) => {
    expect(() => checkBaseName(name)).toThrow(
      expect.objectContaining({
        code: 'invalid_spec',
        message: expect.stringMatching(message) as string,
        remedy: expect.stringMatching(remedy) as string,
      }),
    );
  });
});
