import type { JSX } from 'solid-js';
import type { Phase } from '#contract/workspace.ts';
import { t } from '../words/language.ts';

interface Look {
  chip: string;
  dot: string;
}

const quiet: Look = { chip: 'bg-sunken text-muted', dot: 'bg-quiet-dot' };
const waiting: Look = { chip: 'bg-wait-soft text-wait-ink', dot: 'bg-wait-dot pulse' };

const looks: Record<Phase, Look> = {
  Pending: waiting,
  Starting: waiting,
  Running: { chip: 'bg-good-soft text-good-ink', dot: 'bg-good-dot' },
  Stopped: quiet,
  Failed: { chip: 'bg-bad-soft text-bad-ink', dot: 'bg-bad-dot' },
  Terminating: { chip: quiet.chip, dot: 'bg-quiet-dot pulse' },
};

/** A workspace's phase in the one word that Kubernetes' status also says. */
export function StatusChip(props: { phase: Phase }): JSX.Element {
  return (
    <span
      class={`inline-flex h-5 items-center gap-1.5 rounded-full px-2 text-sm font-medium whitespace-nowrap ${looks[props.phase].chip}`}
    >
      <span class={`size-1.5 rounded-full ${looks[props.phase].dot}`} />
      <span data-testid="status">{t().list.phases[props.phase]}</span>
    </span>
  );
}

/** The phase as a dot, where its word stands elsewhere. */
export function StatusDot(props: { phase: Phase; class?: string }): JSX.Element {
  return <span class={`size-2 shrink-0 rounded-full ${looks[props.phase].dot} ${props.class ?? ''}`} />;
}
