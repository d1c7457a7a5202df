import { type JSX, splitProps } from 'solid-js';

/** The strokes of every icon on a 16 by 16 grid, drawn for this product. */
const strokes = {
  workspaces: 'M2.5 3.5h11v6.5h-11zM5.5 13.5h5M8 10v3.5',
  plus: 'M8 3v10M3 8h10',
  cluster: 'M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9zM8 8l5.2-3M8 8v6M8 8L2.8 5',
  open: 'M6.5 3.5h-3v9h9v-3M9.5 2.5h4v4M13 3L7.5 8.5',
  play: 'M5 3.2v9.6L12.5 8z',
  stop: 'M4 4h8v8H4z',
  trash: 'M3 4.5h10M6.3 4.5v-2h3.4v2M4.3 4.5l.6 9h6.2l.6-9M6.7 7v4M9.3 7v4',
  reload: 'M13 8a5 5 0 1 1-1.6-3.7M13.2 2v3h-3',
  restart: 'M8 2v5M4.6 4.2a5.2 5.2 0 1 0 6.8 0',
  close: 'M4 4l8 8M12 4l-8 8',
  chevron: 'M6 4l4 4-4 4',
  lines: 'M2.5 4h11M2.5 8h7.5M2.5 12h9.5',
  prompt: 'M3 4.5l3.5 3.5L3 11.5M8 12h5',
  gear: 'M8 5.6a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 0 0 0-4.8M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6l1.4 1.4M11 11l1.4 1.4M3.6 12.4L5 11M11 5l1.4-1.4',
  panel: 'M2.5 3h11v10h-11zM6.5 3v10',
  beside: 'M2.5 3h11v10h-11zM8 3v10',
  below: 'M2.5 3h11v10h-11zM2.5 8h11',
  alert: 'M8 2.2l6.2 11.3H1.8zM8 6.5v3.2M8 11.6v.1',
  check: 'M3.5 8.5l3 3 6-7',
  bell: 'M3.5 11.5h9l-1.2-1.8V7a3.3 3.3 0 0 0-6.6 0v2.7zM6.8 13.5h2.4',
  braces:
    'M6 2.5c-2 0-2 1-2 2.5s0 2.5-1.5 3c1.5.5 1.5 1.5 1.5 3s0 2.5 2 2.5M10 2.5c2 0 2 1 2 2.5s0 2.5 1.5 3c-1.5.5-1.5 1.5-1.5 3s0 2.5-2 2.5',
  more: 'M3.5 8v.1M8 8v.1M12.5 8v.1',
  share:
    'M11.7 5.4a1.7 1.7 0 1 0 0-3.4a1.7 1.7 0 0 0 0 3.4M4.3 9.7a1.7 1.7 0 1 0 0-3.4a1.7 1.7 0 0 0 0 3.4M11.7 14a1.7 1.7 0 1 0 0-3.4a1.7 1.7 0 0 0 0 3.4M5.9 7.2l4.2-2.6M5.9 8.8l4.2 2.6',
  globe: 'M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12M2 8h12M8 2c-2.4 2.2-2.4 9.8 0 12M8 2c2.4 2.2 2.4 9.8 0 12',
  plug: 'M6 2v3.2M10 2v3.2M4.2 5.2h7.6v2.3a3.8 3.8 0 0 1-7.6 0zM8 11.3V14',
} as const;

export type IconName = keyof typeof strokes;

/** An icon beside a text or inside a named button; it is hidden from screen readers. */
export function Icon(props: { name: IconName; class?: string }): JSX.Element {
  const [own] = splitProps(props, ['name', 'class']);
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.35"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      class={`shrink-0 ${own.class ?? ''}`}
    >
      <path d={strokes[own.name]} />
    </svg>
  );
}

/** The product's mark: a net of three knots. */
export function Mark(props: { class?: string }): JSX.Element {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" class={`shrink-0 ${props.class ?? ''}`}>
      <rect width="20" height="20" rx="5.5" fill="currentColor" class="text-accent" />
      <g fill="none" stroke="currentColor" stroke-width="1.5" class="text-on-accent">
        <path d="M6.4 7l7.2 0M6.6 8l3 5.2M13.4 8l-3 5.2" />
        <circle cx="5.6" cy="6.6" r="1.6" fill="currentColor" />
        <circle cx="14.4" cy="6.6" r="1.6" fill="currentColor" />
        <circle cx="10" cy="14" r="1.6" fill="currentColor" />
      </g>
    </svg>
  );
}
