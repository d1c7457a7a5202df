import { awakeWords } from '#contract/awake-words.ts';
import type { Server } from '#contract/server.ts';
import { localTime } from './local-time.ts';
import { formatTable } from './table.ts';

/** One workspace, a fact a line; the reason stands beside those that do not run, and what keeps it awake beside those that do. */
export function describeWorkspace(server: Server): string {
  const { id, phase, image, ide_url: url, awake, failure, stop_reason: stopped } = server;
  const rows = [
    ['workspace', id],
    ['phase', phase],
    ['image', image],
    ...(url === undefined ? [] : [['address', url]]),
    ...(awake === undefined
      ? []
      : [
          [
            'awake',
            `${awakeWords[awake.by]}, since ${localTime(awake.since)}; stops at ${localTime(awake.until)} if nothing more comes`,
          ],
        ]),
    ...(stopped === undefined ? [] : [['stopped', stopped]]),
    ...(failure === undefined ? [] : [['reason', `${failure.reason}: ${failure.message}`]]),
    ...(failure?.remedy === undefined ? [] : [['', failure.remedy]]),
  ];
  return formatTable(rows);
}
