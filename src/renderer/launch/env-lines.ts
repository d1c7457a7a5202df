import type { EnvRow } from './form-model.ts';

const assignment = /^(?:export\s+)?([-._a-zA-Z][-._a-zA-Z0-9]*)=(.*)$/;

/**
 * The variables in pasted text of the form of an env file (`NAME=value` a line, `#` comments, values may be quoted), or
 * undefined when the text is something else and belongs into the field it was pasted into.
 */
export function parseEnvLines(text: string): EnvRow[] | undefined {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const rows = lines.map((line) => assignment.exec(line)).filter((match) => match !== null);
  if (rows.length === 0 || rows.length !== lines.length) return undefined;
  return rows.map(([, name = '', value = '']) => ({ name, value: unquoted(value) }));
}

function unquoted(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value);
  return quoted?.[2] ?? value;
}
