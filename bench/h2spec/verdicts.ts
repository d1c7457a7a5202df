export interface Verdicts {
  passed: number;
  /** Section and case of each that failed. */
  failed: string[];
}

/** Reads what h2spec prints: its sections, the cases in them, and "145 tests, 133 passed, 1 skipped, 11 failed" at the end. */
export function readVerdicts(output: string): Verdicts {
  const passed = /\d+ tests, (?<passed>\d+) passed/.exec(output)?.groups?.['passed'];
  if (passed === undefined) throw new Error(`h2spec came to no end: ${output.slice(-500)}`);
  const [run = ''] = output.split(/^Failures:/m);
  const failed: string[] = [];
  let section = '';
  for (const line of run.split(/[\r\n]/).map((each) => each.trim())) {
    const named = /^(?<name>\d+(?:\.\d+)*\.? .+)$/.exec(line)?.groups?.['name'];
    if (named !== undefined) section = named;
    const wrong = /^× \d+: (?<name>.+)$/.exec(line)?.groups?.['name'];
    if (wrong !== undefined) failed.push(`${section}: ${wrong}`);
  }
  return { passed: Number(passed), failed };
}
