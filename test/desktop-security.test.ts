import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');

interface Row {
  number: number;
  file: string;
  /** Absent: all tests of the file. */
  title: string | undefined;
}

const rows: Row[] = read('docs/security-desktop.md')
  .split('\n')
  .flatMap((line) => {
    const found = /^\| (\d+)\. .* \| .* \| `([^`]+)`(?: "([^"]+)")? \|$/.exec(line);
    return found === null ? [] : [{ number: Number(found[1]), file: found[2] ?? '', title: found[3] }];
  });

describe("Electron's checklist in docs/security-desktop.md", () => {
  test('has all of its rows, in their order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1));
  });

  test.each(rows)('row $number names a test that there is', ({ file, title }) => {
    const text = read(file);
    expect(text).toMatch(/\b(test|it)\b/);
    // The table's own name has to stand there as a test's, and not only in a comment about it.
    if (title !== undefined) expect(text.includes(`('${title}'`) || text.includes(`("${title}"`)).toBe(true);
  });

  test('no source of the desktop switches on what the checklist says to leave off', () => {
    const unwanted =
      /nodeIntegration\w*: true|contextIsolation: false|sandbox: false|webviewTag: true|webSecurity: false|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|allowpopups|<webview/;
    const files = globSync('src/{main,preload,renderer}/**/*.{ts,tsx,html}', { cwd: root });
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => unwanted.test(read(file)))).toEqual([]);
    expect(read('src/main/security/page-policy.ts')).toContain(
      "on('will-attach-webview', (event) => event.preventDefault())",
    );
  });

  test('every fuse is set', () => {
    const { electronFuses } = z
      .object({ electronFuses: z.record(z.string(), z.boolean()) })
      .parse(parse(read('build/electron-builder.yml')));
    // https://www.electronjs.org/docs/latest/tutorial/fuses
    expect(electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});
