import { z } from 'zod';
import { cutTextOf, listOf, longest, textOf } from './bounded.ts';

/** From the least to the most urgent. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];
const logLevelSchema = z.enum(logLevels);

/** As many lines as one answer has at most, and as many as are sent where nothing is said. */
export const mostLogLines = 10_000;
export const usualLogLines = 200;
/** UTF-16 code units of a line that are shown; what is longer is cut off. */
export const longestLogLine = 16_384;

/**
 * What the host itself says in the middle of a log. `waiting`: nothing runs that could print. `restarted`: the container begins anew.
 * `replaced`: the pod does. `interrupted`: the cluster's answer broke off and is asked for again. `dropped`: the reader was too slow; ask
 * again from the last id. `gap`: lines are missing that Kubernetes no longer has.
 */
const logNoticeSchema = z.enum(['waiting', 'restarted', 'replaced', 'interrupted', 'dropped', 'gap']);
export type LogNotice = z.infer<typeof logNoticeSchema>;

/** The specification's `{t, lvl, msg}`: when it was printed (RFC 3339, UTC), how urgent it looks, and the text, harmless for a terminal. */
export const logLineSchema = z.object({
  t: cutTextOf(longest.token),
  lvl: logLevelSchema,
  msg: cutTextOf(longestLogLine),
  /** The host says this, not the workspace. */
  notice: logNoticeSchema.optional(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** A parameter of a URL is a text; nothing between `=` and `&` is as good as no parameter. */
const countOf = (max: number) =>
  z
    .union(
      [
        z.int().min(0).max(max),
        textOf(8)
          .regex(/^[0-9]*$/)
          .transform((text) => (text === '' ? undefined : Math.min(Number(text), max))),
      ],
      { error: `Expected a whole number from 0 to ${String(max)}` },
    )
    .optional();
const nothing = z.literal('').transform(() => undefined);
const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0', '']).transform((text) => text === 'true' || text === '1')], {
    error: 'Expected true or false',
  })
  .optional();

const asked = {
  /** Lines that look less urgent are left out. */
  level: z.union([logLevelSchema, nothing], { error: `Expected one of ${logLevels.join(', ')}` }).optional(),
  /** Another container of the pod than the workspace's own, by its name. */
  container: textOf(longest.name).optional(),
  /** The container as it was before its last restart. */
  previous: flag,
  /** Only what is younger than this, such as `10m`. */
  since: textOf(longest.token).optional(),
};

/** `GET …/logs`: `limit` is the specification's word for how many lines. */
export const recentLogsSchema = z.object({
  id: textOf(longest.name).min(1),
  ...asked,
  limit: countOf(mostLogLines),
});
export type RecentLogsQuery = z.output<typeof recentLogsSchema>;

/** `GET /sse/logs`: `after` says what `Last-Event-ID` says, for those who cannot send headers. */
export const followLogsSchema = z.object({
  /** The workspace. */
  target: textOf(longest.name).optional(),
  ...asked,
  tail: countOf(mostLogLines),
  after: textOf(longest.token).optional(),
});
export type FollowLogsQuery = z.output<typeof followLogsSchema>;

export const serverLogsSchema = listOf(logLineSchema, mostLogLines);

export const workspaceLogsSchema = z.object({
  container: textOf(longest.name),
  /** All that can be asked for. */
  containers: listOf(textOf(longest.name), 64),
  lines: serverLogsSchema,
});
export type WorkspaceLogs = z.infer<typeof workspaceLogsSchema>;
