import { join } from 'node:path';
import { expect, test } from 'vitest';
import { uiFile } from './ui-file.ts';

const root = join('/', 'ui');

test.each([
  ['/', 'index.html', 'text/html'],
  ['/workspaces/cs-1a2b3', 'index.html', 'text/html'],
  ['/assets/index-abc.js', 'assets/index-abc.js', 'text/javascript'],
  ['/assets/index-abc.css', 'assets/index-abc.css', 'text/css'],
  ['/icon.SVG', 'icon.SVG', 'image/svg+xml'],
  ['/a/../index.html', 'index.html', 'text/html'],
])('%s', (pathname, file, type) => {
  const found = uiFile(root, pathname);
  expect(found?.path).toBe(join(root, file));
  expect(found?.type).toMatch(type);
});

test.each([
  ['/../secret.json'],
  ['/..%2fsecret.json'],
  ['/%2e%2e/%2e%2e/etc/x.json'],
  ['/assets/..%2f..%2f..%2fsecret.js'],
  ['/..\\secret.js'],
  ['/..%5csecret.js'],
  ['/index.html%00.js'],
  ['/%'],
  ['/kubeconfig.yaml'],
  ['/main.cjs'],
])('%s is not served', (pathname) => {
  expect(uiFile(root, pathname)).toBeUndefined();
});
