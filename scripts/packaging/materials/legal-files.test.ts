import { expect, test } from 'vitest';
import { legalFilesOf } from './legal-files.ts';

test('licences, notices and patents by their names, and nothing that only sounds like one', () => {
  const names = ['LICENSE', 'license.md', 'LICENCE-MIT', 'COPYING.txt', 'NOTICE', 'PATENTS', 'ThirdPartyNotices.txt'];
  const others = ['license.js', 'LICENSE.html', 'licenser', 'README.md', 'notice.go', 'licenses.json', 'package.json'];
  expect(legalFilesOf([...names, ...others])).toEqual(names.toSorted());
});
