import { fromKubeError } from '../../kube/errors.ts';
import { failed, ok } from '../check.ts';
import type { Check } from '../check.ts';

/** Whether the settings, of the file and of the environment, can be read at all. */
export function configuration(problems: readonly unknown[]): Check {
  return {
    id: 'configuration',
    title: 'Configuration',
    check: async ({ home }) => {
      if (problems.length === 0) return [ok(`The environment and ${home}/config.yaml can be read.`)];
      return problems.map((problem) => {
        const { message, remedy } = fromKubeError(problem, 'reading the configuration');
        return failed(message, remedy ?? 'Mend what it names.');
      });
    },
  };
}
