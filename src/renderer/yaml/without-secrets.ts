import { parseDocument } from 'yaml';
import { isSecretEnv } from '#contract/secret-env.ts';

const entryLine = /^(\s*(?:- +)?["']?([\w.-]+)["']?\s*:)\s+(\S.*)$/;
/** What is shorter stands in any text, and was cut where it is written as an entry. */
const shortestSecret = 6;

/**
 * A workspace's YAML as it may lie on a disk: values that are secret by their name or by what they are, and other lines that look like a secret, are cut.
 * A cut value is a list, which no variable can be, so that it cannot be saved unseen. The text may be half written. Undefined where a secret would stay in it all the same. Pure.
 */
export function withoutSecrets(text: string): string | undefined {
  const kept: string[] = [];
  /** Lines that belong to what was cut are indented at least so far. */
  let within: number | undefined;
  for (const line of text.split('\n')) {
    if (within !== undefined && (line.trim() === '' || indentOf(line) >= within)) continue;
    within = undefined;
    const [, head, name = '', value = ''] = entryLine.exec(line) ?? [];
    if (head !== undefined && isSecretEnv(name, unquoted(value))) {
      kept.push(`${head} []`);
      within = indentOf(line) + 1;
    } else if (isSecretEnv('', line)) within = indentOf(line);
    else kept.push(line);
  }
  const written = kept.join('\n');
  return secretLinesOf(text).some((secret) => written.includes(secret)) ? undefined : written;
}

const indentOf = (line: string): number => line.search(/\S/);
const unquoted = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, '$2');

/** What is secret in the variables of a text that can be read, however it is written there. */
function secretLinesOf(text: string): string[] {
  const secrets = Object.entries(envOf(text)).filter(([name, value]) => isSecretEnv(name, String(value)));
  return secrets.flatMap(([, value]) =>
    String(value)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length >= shortestSecret),
  );
}

function envOf(text: string): object {
  try {
    const found: unknown = parseDocument(text).toJS();
    const env: unknown = (found as { spec?: { env?: unknown } } | null)?.spec?.env;
    return typeof env === 'object' && env !== null ? env : {};
  } catch {
    // Nothing that can be read: the lines alone decide.
    return {};
  }
}
