import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const legal =
  /^(?:licen[cs]es?|copying|notice|patents|unlicen[cs]e|copyright|third[-_]?party[-_]?(?:notices?|licen[cs]es?))(?:[-.].*)?$/i;
/** Programs and pictures may be named so, too. */
const noText = /\.(?:[cm]?[jt]sx?|json|go|png|svg|html)$/i;

/** What of a folder's files is a text that has to go with what is in it, by their names. Pure. */
export function legalFilesOf(names: readonly string[]): string[] {
  return names.filter((name) => legal.test(name) && !noText.test(name)).toSorted();
}

/** Those texts of a folder, with the line ends of here. */
export async function legalTextsIn(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  const names = legalFilesOf(files.map(({ name }) => name));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => `${text.replaceAll('\r\n', '\n').trim()}\n`).filter((text) => text !== '\n');
}
