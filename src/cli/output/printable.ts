// C0 and C1 controls except tab and newline: with them a text could move the cursor or rewrite what stands on the screen.
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * A text that came from a cluster (an image's name, a container's last words), made harmless for a terminal.
 * Newlines and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(controls, '');
}
