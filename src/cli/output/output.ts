import { remedyOf, toErrorBody } from '#contract/errors.ts';
import type { CliContext } from '../context.ts';
import { printable, printableJson } from '#contract/printable.ts';

/** How a command was told to print; `output` may be a format of the command's own, which it prints as text. */
export interface OutputOptions {
  json?: boolean;
  output?: string;
}

/** The one way a command speaks: results on stdout for people, as JSON or as YAML, everything else on stderr. */
export interface Output {
  readonly json: boolean;
  /** The command's result: `value` as one line of JSON or as YAML where that was asked for, otherwise the text (nothing when it is empty). */
  readonly result: (value: unknown, text: () => string) => void;
  /** What is going on meanwhile, for people only: silent with --json. */
  readonly note: (text: string) => void;
}

/** `--json` and `-o json` are the same, and come before `-o yaml`. What writes YAML is loaded only where it is wanted. */
export async function createOutput(
  context: Pick<CliContext, 'stdout' | 'stderr'>,
  options: OutputOptions,
): Promise<Output> {
  const json = options.json === true || options.output === 'json';
  const yaml = !json && options.output === 'yaml' ? (await import('yaml')).stringify : undefined;
  let documents = 0;
  const asYaml = (stringify: (value: unknown) => string, value: unknown): string =>
    `${documents++ === 0 ? '' : '---\n'}${stringify(value).trimEnd()}`;
  return {
    json,
    result: (value, text) => {
      const line = json ? printableJson(value) : printable(yaml === undefined ? text() : asYaml(yaml, value));
      if (line !== '') context.stdout.write(`${line}\n`);
    },
    note: (text) => {
      if (!json) context.stderr.write(`${printable(text)}\n`);
    },
  };
}

/**
 * An error as a person or, with --json, a program reads it on stderr: `error: message` and the remedy below it, or the
 * ErrorBody of the API. The text of an error that is not ours is a defect's and shown here, because nobody else logs it.
 */
export function formatError(error: unknown, json: boolean): string {
  const body = toErrorBody(error);
  const message = body.code === 'internal' && error instanceof Error ? error.message : body.message;
  if (json) return printableJson({ ...body, message });
  const remedy = remedyOf(body);
  return printable(remedy === undefined ? `error: ${message}` : `error: ${message}\n${remedy}`);
}
