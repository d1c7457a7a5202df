import { inRepository } from '../repository.ts';

/** Where packages come to lie. Those for tests have a folder of their own, so that nobody takes one for the other. */
export function outputFolder(testRuntime: boolean): string {
  return inRepository('dist', ...(testRuntime ? ['for-tests'] : []));
}
