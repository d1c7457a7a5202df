import { expect, test } from 'vitest';
import { loginIn } from './login-name.ts';

test.each([
  ['anna@example.com', 'anna@example.com'],
  [' user:anna ', 'anna'],
  ['anna@github', 'anna@github'],
  ['jürgen', 'jürgen'],
  ['https://id.example/anna', 'https://id.example/anna'],
  ['group.dev', 'group.dev'],
])('%j is a login', (text, login) => {
  expect(loginIn(text)).toBe(login);
});

test.each([
  ...['', ' ', 'user:', 'a b', 'a\nb', 'a\u0000b', 'a\u202eb', '*', '*@example.com', 'everyone', 'Everyone'],
  ...['group:dev', 'autogroup:member', 'Group:dev', 'tag:ci', 'device:n1', 'local:root', 'user:group:dev'],
])('%j is none', (text) => {
  expect(loginIn(text)).toBeUndefined();
});
