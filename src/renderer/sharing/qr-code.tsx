import { createMemo, type JSX } from 'solid-js';
import { qrPath, type QrPath } from './qr-path.ts';

/** A text for a phone's camera. Dark on light in both themes: many readers know no other. */
export function QrCode(props: { text: string; label: string }): JSX.Element {
  const code = createMemo<QrPath>(() => qrPath(props.text));
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${String(code().size)} ${String(code().size)}`}
      class="size-40 shrink-0 rounded-lg border border-line"
      shape-rendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={code().path} stroke="#000" />
    </svg>
  );
}
