import { AlertDialog } from '@kobalte/core/alert-dialog';
import { createEffect, createSignal, onCleanup, Show, type JSX } from 'solid-js';
import { useSession } from '../state/session.tsx';
import { ButtonLabel } from './button-label.tsx';
import { Icon, type IconName } from './icons.tsx';
import { t } from '../words/language.ts';

interface ConfirmDialogProps {
  /** The name of the button that asks, and whether it is shown as an icon alone. */
  trigger: string;
  compact?: boolean | undefined;
  /** A bin unless given. */
  icon?: IconName;
  disabled: boolean;
  title: string;
  /** What is about to happen, and what is lost with it. */
  children: JSX.Element;
  /** A further question, under the text. */
  option?: JSX.Element;
  confirm: string;
  onOpen?: () => void;
  onConfirm: () => void;
}

/** A button that asks before it does what cannot be undone, or ends what others use. */
export function ConfirmDialog(props: ConfirmDialogProps): JSX.Element {
  const { deck } = useSession();
  const [isOpen, setOpen] = createSignal(false);
  /** A list has one for each row that scrolls by, and hardly any is ever asked: until then there is the button alone. */
  const [wasAsked, setAsked] = createSignal(false);
  let trigger: HTMLButtonElement | undefined;

  const ask = (): void => {
    setAsked(true);
    setOpen(true);
  };

  // The desktop paints IDEs above the page: they make room while the question is asked.
  createEffect(() => {
    if (!isOpen()) return;
    props.onOpen?.();
    onCleanup(deck.cover());
  });

  const confirm = (): void => {
    setOpen(false);
    props.onConfirm();
  };

  return (
    <>
      <button
        ref={(element) => (trigger = element)}
        type="button"
        class="button button-quiet"
        classList={{ 'button-square': props.compact === true }}
        aria-label={props.compact === true ? props.trigger : undefined}
        title={props.compact === true ? props.trigger : undefined}
        aria-haspopup="dialog"
        aria-expanded={isOpen()}
        disabled={props.disabled}
        onClick={ask}
      >
        <Icon name={props.icon ?? 'trash'} />
        {props.compact === true ? undefined : <ButtonLabel>{props.trigger}</ButtonLabel>}
      </button>
      <Show when={wasAsked()}>
        <AlertDialog open={isOpen()} onOpenChange={setOpen}>
          <AlertDialog.Portal>
            <AlertDialog.Overlay class="dialog-scrim" />
            <div class="fixed inset-0 z-50 grid place-items-center p-6">
              <AlertDialog.Content
                class="card w-full max-w-md p-5 shadow-float"
                onCloseAutoFocus={(event) => {
                  event.preventDefault();
                  trigger?.focus({ preventScroll: true });
                }}
              >
                <AlertDialog.Title class="text-lg font-semibold">{props.title}</AlertDialog.Title>
                <AlertDialog.Description class="mt-2 text-muted">{props.children}</AlertDialog.Description>
                {props.option}
                <div class="mt-5 flex justify-end gap-2">
                  <AlertDialog.CloseButton class="button" aria-label={t().frame.cancel}>
                    {t().frame.cancel}
                  </AlertDialog.CloseButton>
                  <button type="button" class="button button-danger" onClick={() => confirm()}>
                    {props.confirm}
                  </button>
                </div>
              </AlertDialog.Content>
            </div>
          </AlertDialog.Portal>
        </AlertDialog>
      </Show>
    </>
  );
}
