import type { Setting } from '#contract/settings.ts';

/** Those that somebody has said before those that are as they always are; in their order otherwise. */
export function saidFirst(settings: readonly Setting[]): Setting[] {
  const isSaid = ({ source }: Setting): boolean => source !== 'default';
  return [...settings.filter(isSaid), ...settings.filter((one) => !isSaid(one))];
}
