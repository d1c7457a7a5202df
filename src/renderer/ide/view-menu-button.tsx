import type { JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import type { IdeViews } from '../platform/platform.ts';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import { t } from '../words/language.ts';

/** Opens the view's menu: zoom, find, print, developer tools. A menu of the system, which may stand over the view. */
export function ViewMenuButton(props: { id: string; views: IdeViews }): JSX.Element {
  const { deck } = useSession();
  const open = (button: HTMLElement): void => {
    const { left, bottom } = button.getBoundingClientRect();
    const at = { x: Math.max(0, Math.round(left)), y: Math.max(0, Math.round(bottom)) };
    props.views.menu(props.id, at).catch((error: unknown) => deck.setProblem(toShownProblem(error)));
  };
  return (
    <button
      type="button"
      class="button button-quiet button-square"
      aria-label={t().view.more}
      aria-haspopup="menu"
      title={t().view.moreHint}
      onClick={(event) => open(event.currentTarget)}
    >
      <Icon name="more" />
    </button>
  );
}
