import { Show, type JSX } from 'solid-js';
import { Icon } from '../components/icons.tsx';
import { t } from '../words/language.ts';

interface LinkNoteProps {
  /** The image that a link from outside names; absent: nobody sent the person here. */
  link: string | undefined;
  /** The form has it already. */
  isTaken: boolean;
  onTake: () => void;
}

/** Says that it was a link that asks for this launch, as an image is a program that runs in the person's cluster. */
export function LinkNote(props: LinkNoteProps): JSX.Element {
  return (
    <Show when={props.link}>
      {(image) => (
        <div role="status" class="flex items-center gap-2.5 rounded-lg bg-wait-soft px-3 py-2.5">
          <Icon name="alert" class="text-wait-ink" />
          <p class="min-w-0 flex-1 wrap-anywhere">
            {t().launch.linkBefore} <strong class="font-mono font-semibold">{image()}</strong>
            {t().launch.linkAfter}
          </p>
          <Show when={!props.isTaken}>
            <button type="button" class="button" onClick={() => props.onTake()}>
              {t().launch.fillIn}
            </button>
          </Show>
        </div>
      )}
    </Show>
  );
}
