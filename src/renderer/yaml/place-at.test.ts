import { expect, test } from 'vitest';
import { placeAt } from './place-at.ts';

/** The bar is the cursor. */
test.each([
  ['|', [], false, ''],
  ['sp|', [], false, 'sp'],
  ['spec: |', ['spec'], true, ''],
  ['spec:\n  im|', ['spec'], false, 'im'],
  ['spec:\n  |', ['spec'], false, ''],
  ['spec:\n  image: al|', ['spec', 'image'], true, 'al'],
  ['spec:\n  image: alpine\n  |', ['spec'], false, ''],
  ['spec:\n  image: alpine\n|', [], false, ''],
  ['spec:\n  idle:\n    stopAfter: 2h\n  |', ['spec'], false, ''],
  ['spec:\n  idle:\n    st|', ['spec', 'idle'], false, 'st'],
  ['spec:\n  ports:\n    - |', ['spec', 'ports', '[]'], false, ''],
  ['spec:\n  ports:\n    - name: |', ['spec', 'ports', '[]', 'name'], true, ''],
  ['spec:\n  ports:\n    - name: web\n      |', ['spec', 'ports', '[]'], false, ''],
  // As far left as its key.
  ['spec:\n  ports:\n  - name: web\n    con|', ['spec', 'ports', '[]'], false, 'con'],
  ['spec:\n  ports:\n  - name: web\n  - |', ['spec', 'ports', '[]'], false, ''],
  ['spec:\n  ports:\n  - name: web\n  ttl: |', ['spec', 'ttl'], true, ''],
  ['labels:\n  a: b\nspec:\n  # what: it is\n\n  home:\n    |\n  ttl: 1h', ['spec', 'home'], false, ''],
  ['spec:\n  env:\n    "MY NAME": |', ['spec', 'env', 'MY NAME'], true, ''],
  ['spec:\n  env:\n    URL: http://a|', ['spec', 'env', 'URL'], true, 'http://a'],
  ['- - |', ['[]', '[]'], false, ''],
])('%j', (marked, path, isValue, typed) => {
  const offset = marked.indexOf('|');
  expect(placeAt(marked.replace('|', ''), offset)).toEqual({ path, isValue, typed });
});
