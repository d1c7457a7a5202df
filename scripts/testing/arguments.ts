export const levels = ['static', 'unit', 'integration', 'cluster', 'e2e'] as const;
export type Level = (typeof levels)[number];

export const usage = `Usage: npm test [-- level… [-- runner arguments…]]

Levels: ${levels.join(', ')}. Without any, all of them run.
What follows the levels goes to vitest or Playwright: npm run test:unit -- src/host
`;

export interface TestArguments {
  levels: Level[];
  /** For vitest or Playwright, as they were given. */
  runner: string[];
}

function isLevel(name: string): name is Level {
  return (levels as readonly string[]).includes(name);
}

/** Reads `level… [--] runner arguments…`. Runner arguments need a level: a file pattern says nothing to five runners at once. */
export function parseTestArguments(args: readonly string[]): TestArguments | { error: string } {
  const end = args.findIndex((arg) => !isLevel(arg));
  const named = args.slice(0, end === -1 ? args.length : end).filter(isLevel);
  const rest = args.slice(named.length);
  const runner = rest[0] === '--' ? rest.slice(1) : rest;
  if (runner.length > 0 && named.length === 0) return { error: `"${runner[0]}" is no level.` };
  // The order of the table, whatever the order on the command line: what is quick and tells most runs first.
  return { levels: levels.filter((level) => named.length === 0 || named.includes(level)), runner };
}
