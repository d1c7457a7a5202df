import { useNavigate } from '@solidjs/router';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { useTabs } from '../tabs/use-tabs.ts';
import type { Intent } from './commands.ts';
import { t } from '../words/language.ts';

/** Does what a command means. What the host refuses is said where it belongs: with the workspace, or in the toolbar. */
export function useCommand(): (intent: Intent) => Promise<void> {
  const { actions, deck, desktop, platform } = useSession();
  const navigate = useNavigate();
  const tabs = useTabs();

  return async (intent) => {
    switch (intent.type) {
      case 'go':
        navigate(intent.path);
        return;
      case 'launch':
        try {
          navigate(`/workspaces/${encodeURIComponent(await actions.launch({ image: intent.image }))}`);
        } catch (error) {
          const { message, remedy } = toShownProblem(error);
          desktop.take({
            type: 'problem',
            title: t().launch.notLaunched,
            message,
            ...(remedy === undefined ? {} : { remedy }),
          });
        }
        return;
      case 'ask':
        await actions.ask(intent.verb, intent.id);
        return;
      case 'reload-ide': {
        const id = deck.current();
        if (id !== undefined) deck.reload(id);
        return;
      }
      case 'tab':
        tabs.perform(intent.command);
        return;
      case 'split':
        tabs.split(intent.direction, intent.other);
        return;
      case 'find-in-ide':
        desktop.setFinding(true);
        return;
      case 'choose-download-folder':
        await platform.downloads?.chooseFolder();
    }
  };
}
