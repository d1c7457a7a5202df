import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { badKubeconfig } from './problem.ts';
import { kubeconfigSchema } from './schema.ts';
import type { KubeconfigFields } from './schema.ts';

/** One kubeconfig file as it is written, and where in it a field stands. */
export interface ParsedFile {
  file: string;
  fields: KubeconfigFields;
  /** The line of a field, from 1; undefined when it is not there. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/**
 * Reads YAML or JSON as kubectl does: YAML 1.1 (`yes` is a boolean), the first document, of two equal keys the last. Throws
 * `bad_config` with file and line unless it has the shape of a kubeconfig; never with a value of the file, because any value may be
 * a secret.
 */
export function parseKubeconfig(file: string, text: string): ParsedFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    schema: 'yaml-1.1',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    strict: false,
  });
  const error = document.errors.find(({ code }) => code !== 'MULTIPLE_DOCS');
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    const what = error.code.toLowerCase().replaceAll('_', ' ');
    throw badKubeconfig(file, `line ${line}, column ${col}: not YAML (${what})`, { line });
  }
  const lineOf = (path: readonly PropertyKey[]): number | undefined => {
    const start = startOf(document, path);
    return start === undefined ? undefined : lines.linePos(start).line;
  };
  const result = kubeconfigSchema.safeParse(plain(file, document));
  if (result.success) return { file, fields: result.data, lineOf };
  const issue = result.error.issues[0];
  const path = issue?.path ?? [];
  const line = lineOf(path);
  const where = path.length === 0 ? 'the file' : path.map(String).join('.');
  const words = `${where} is not what a kubeconfig has there (${issue?.message ?? 'unknown'})`;
  throw badKubeconfig(file, `${line === undefined ? '' : `line ${line}: `}${words}`, { line });
}

function plain(file: string, document: Document): unknown {
  try {
    // Nothing at all, and nothing but comments, is an empty kubeconfig.
    return document.toJS() ?? {};
  } catch {
    // Whose error quotes the alias.
    throw badKubeconfig(file, 'an alias in it leads nowhere or to too much');
  }
}

function startOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const known = path.filter((part) => typeof part !== 'symbol');
  const node: unknown = known.length === 0 ? document.contents : document.getIn(known, true);
  if (node === null || typeof node !== 'object' || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const start: unknown = node.range[0];
  return typeof start === 'number' ? start : undefined;
}
