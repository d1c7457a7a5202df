import type { UnreadVariable } from '#contract/settings.ts';
import { unreadText } from '../../config/unread-variables.ts';
import { fromKubeError } from '../../kube/errors.ts';
import { failed, ok, warning } from '../check.ts';
import type { Check } from '../check.ts';

/** Whether the settings, of the file and of the environment, can be read at all, and whether something is called like one and is none. */
export function configuration(problems: readonly unknown[], unread: readonly UnreadVariable[]): Check {
  return {
    id: 'configuration',
    title: 'Configuration',
    check: async ({ home }) => {
      const misspelt = unread.map((one) =>
        warning(
          unreadText(one),
          'Correct its name, or unset it; "guildnet config --explain" lists those that are read.',
        ),
      );
      if (problems.length === 0) return [ok(`The environment and ${home}/config.yaml can be read.`), ...misspelt];
      const broken = problems.map((problem) => {
        const { message, remedy } = fromKubeError(problem, 'reading the configuration');
        return failed(message, remedy ?? 'Mend what it names.');
      });
      return [...broken, ...misspelt];
    },
  };
}
