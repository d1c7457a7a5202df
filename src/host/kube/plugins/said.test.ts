import { expect, test } from 'vitest';
import { saidByPlugin } from './said.ts';

test.each([
  ['nothing', '\n \n', ''],
  ['the first lines', 'a\n\nb\r\nc\nd\n', 'a b c'],
  ['a colour', '\u001B[31mno\u001B[0m', 'no'],
  ['what reads backwards', 'a\u202Eb', 'ab'],
  ['a JSON Web Token', 'bad eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlMTIz', 'bad ….….…'],
  ['a header', 'sent Authorization: Bearer abc', 'sent Authorization: Bearer …'],
  ['a short password', 'password=hunter2 is wrong', 'password=… is wrong'],
  ['a quoted token', '{"access_token": "abc", "x": 1}', '{"access_token": "…", "x": 1}'],
  ['credentials in a URL', 'GET https://me:pw@idp.example/x', 'GET https://…@idp.example/x'],
  [
    'a login by code',
    'open https://microsoft.com/devicelogin and enter the code ABCD1234',
    'open https://microsoft.com/devicelogin and enter the code ABCD1234',
  ],
  ['a version', 'client.authentication.k8s.io/v1beta1 is old', 'client.authentication.k8s.io/v1beta1 is old'],
])('%s', (_what, output, words) => {
  expect(saidByPlugin(output)).toBe(words);
});

test('too much is cut', () => {
  expect(saidByPlugin('ab '.repeat(10_000))).toHaveLength(300);
});
