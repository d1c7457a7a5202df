import { subjectText } from '#contract/shares.ts';
import type { Share, Sharing } from '#contract/shares.ts';
import { formatTable } from './table.ts';

/** Where a workspace is for others, and with whom it is shared. `code`: its address as a QR code, for a terminal. */
export function describeSharing(sharing: Sharing, code: string | undefined, time: (iso: string) => string): string {
  const { workspace, address, first_visit: first, shares } = sharing;
  const places =
    address === undefined
      ? ['This host is on no tailnet, so that nobody else can come. "guildnet tailnet status" says more.']
      : [
          formatTable([[workspace, address], ...(first === undefined ? [] : [['a new device first', first]])]),
          ...(code === undefined ? [] : [code]),
        ];
  return [...places, shares.length === 0 ? 'It is shared with nobody.' : shareTable(shares, time)].join('\n\n');
}

export function shareTable(shares: readonly Share[], time: (iso: string) => string): string {
  const rows = shares.map(({ workspace, with: subject, can, until, ended, by }) => [
    workspace,
    subjectText(subject),
    can,
    until === undefined ? 'revoked' : ended ? 'ended' : time(until),
    by ?? '-',
  ]);
  return formatTable([['WORKSPACE', 'WITH', 'CAN', 'UNTIL', 'BY'], ...rows]);
}
