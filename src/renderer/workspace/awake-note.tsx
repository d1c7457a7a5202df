import { Show, type JSX } from 'solid-js';
import type { Server } from '#contract/server.ts';
import { t } from '../words/language.ts';
import { dateWords } from '../words/numbers.ts';

/** What keeps a workspace from being stopped as idle, since when, and until when. */
export function AwakeNote(props: { server: Server }): JSX.Element {
  return (
    <Show when={props.server.awake}>
      {(awake) => (
        <p class="text-xs text-muted" data-testid="awake">
          {t().workspace.awake(dateWords(awake().since), t().workspace.awakeBy[awake().by], dateWords(awake().until))}
        </p>
      )}
    </Show>
  );
}
