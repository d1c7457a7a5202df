import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

const shownCharacters = 1_200;
const shownFailures = 20;

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).default([]) }),
      ),
    }),
  ),
});

const errorSchema = z.object({ message: z.string().default('no message') });
const specSchema = z.object({
  title: z.string(),
  file: z.string(),
  ok: z.boolean(),
  tests: z.array(z.object({ results: z.array(z.object({ errors: z.array(errorSchema).default([]) })) })),
});
/** A describe block holds others. */
const suiteSchema = z.object({
  specs: z.array(specSchema).default([]),
  get suites() {
    return z.array(suiteSchema).default([]);
  },
});
const playwrightSchema = z.object({ suites: z.array(suiteSchema).default([]), errors: z.array(errorSchema) });

/** What failed according to a vitest JSON report, a text for each: the test's name and what it said. */
export function vitestFailures(report: unknown): string[] {
  return vitestSchema.parse(report).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [told(name, message)] : [];
    return failed.map((test) => told(`${name} › ${test.fullName}`, test.failureMessages.join('\n')));
  });
}

/** The same of a Playwright JSON report. */
export function playwrightFailures(report: unknown): string[] {
  const { suites, errors } = playwrightSchema.parse(report);
  return [
    ...errors.map(({ message }) => told('outside of any test', message)),
    ...suites.flatMap(specsOf).flatMap(({ ok, file, title, tests }) => {
      const said = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
      return ok ? [] : [told(`${file} › ${title}`, said.map(({ message }) => message).join('\n'))];
    }),
  ];
}

/** Lines for the end of the output, where a reader who has only that finds them. */
export function failureLines(failures: readonly string[]): string[] {
  const left = failures.length - shownFailures;
  return [...failures.slice(0, shownFailures), ...(left > 0 ? [`✗ and ${left} more, told above`] : [])];
}

function specsOf(suite: z.infer<typeof suiteSchema>): z.infer<typeof specSchema>[] {
  return [...suite.specs, ...suite.suites.flatMap(specsOf)];
}

function told(test: string, message: string): string {
  const text = stripVTControlCharacters(message).trim().slice(0, shownCharacters);
  return `✗ ${test}\n${text.replaceAll(/^/gm, '    ')}`;
}
