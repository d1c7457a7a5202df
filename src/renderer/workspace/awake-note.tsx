import { Show, type JSX } from 'solid-js';
import { awakeWords } from '#contract/awake-words.ts';
import type { Server } from '#contract/server.ts';

const timeOf = (iso: string): string =>
  new Date(iso).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });

/** What keeps a workspace from being stopped as idle, since when, and until when. */
export function AwakeNote(props: { server: Server }): JSX.Element {
  return (
    <Show when={props.server.awake}>
      {(awake) => (
        <p class="text-xs text-muted" data-testid="awake">
          Awake since {timeOf(awake().since)}: {awakeWords[awake().by]}. It stops at {timeOf(awake().until)} if nothing
          more comes.
        </p>
      )}
    </Show>
  );
}
