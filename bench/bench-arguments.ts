import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { z } from 'zod';

const textsSchema = z.record(z.string(), z.string());

/**
 * The options of a bench: those with a default that are named here, and `--json` and `--help`, which all have. Undefined when
 * the help was asked for and has been printed. Throws as `util.parseArgs` does for what is none of them.
 */
export function benchArguments<Name extends string>(
  usage: string,
  defaults: Readonly<Record<Name, string>>,
): (Record<Name, string> & { json: boolean }) | undefined {
  const named: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries<string>(defaults).map(([name, value]) => [name, { type: 'string', default: value }]),
  );
  const {
    values: { json, help, ...texts },
  } = parseArgs({
    options: { ...named, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (help) {
    process.stdout.write(usage);
    return undefined;
  }
  return { ...(textsSchema.parse(texts) as Record<Name, string>), json };
}
