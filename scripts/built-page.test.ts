import { expect, test } from 'vitest';
import { addressesNotAtRoot } from './built-page.ts';

const page = (head: string): string => `<!doctype html><html lang="en"><head>${head}</head><body></body></html>`;

test.each([
  ['at the root', '<link rel="icon" href="/icon.svg"><script type="module" src="/assets/a.js"></script>', []],
  ['beside the page', '<script type="module" crossorigin src="./assets/a.js"></script>', ['./assets/a.js']],
  ['without a dot', "<link rel=stylesheet href='assets/a.css'>", ['assets/a.css']],
  ['without quotes', '<script src=assets/a.js></script>', ['assets/a.js']],
  ['above the page', '<script\n  src = "../a.js"></script>', ['../a.js']],
  [
    'of another host',
    '<script src="//cdn.example/a.js"></script><link href="https://cdn.example/a.css">',
    ['//cdn.example/a.js', 'https://cdn.example/a.css'],
  ],
  ['empty', '<link href="">', ['']],
  ['no page at all', '', []],
])('%s', (_what, head, wanted) => {
  expect(addressesNotAtRoot(page(head))).toEqual(wanted);
});
