import type { Asker } from '../../proxy/asker.ts';
import { hasBurst, isKnownUnsteady, isSteady } from './habit.ts';
import type { Habit } from './habit.ts';

/** One thing that was seen of the traffic to a workspace. */
export type Sign =
  /** A request begins. */
  | {
      what: 'request';
      asker: Asker;
      writes: boolean /** A piece of a film or of sound. */;
      media: boolean;
      heartbeat: boolean;
    }
  /** A WebSocket is opened. */
  | { what: 'opening'; asker: Asker }
  /** The client sent a message on a WebSocket. */
  | {
      what: 'message';
      asker: Asker;
      /** Known by its words as one that programs send by themselves. */
      heartbeat: boolean;
      /** It followed at once on something that came from the workspace. */
      reply: boolean;
      /** The WebSocket has just been opened: the two introduce themselves. */
      greeting: boolean;
      /** On a WebSocket whose page says much by itself, in words that cannot be read. */
      chatty: boolean;
    }
  /** Bytes flow: of a request's body, or from the workspace, in an exchange that lasts. */
  | { what: 'upload' | 'output'; asker: Asker; chatty: boolean };

/** What is remembered of the same sign: `same` at exactly this place, `path` whatever the query was. */
export interface Habits {
  same: Habit;
  path: Pick<Habit, 'gaps'>;
}

/** What keeps a workspace awake, as the API says it. */
export type UseBy = 'opened' | 'input' | 'program' | 'output' | 'background';

export interface Judgement {
  by: UseBy;
  /** Somebody has done something: what is less than that counts for a time after it. */
  act: boolean;
  /** The workspace is in use. */
  use: boolean;
}

/** Work goes on without anybody touching it: a build, a notebook's cell, a download, a film. So long after the last act, and then no more. */
export const workMs = 8 * 3_600_000;
/** An open page tells of itself: somebody may be reading it, or have left. So long after the last act it counts as read. */
export const upkeepMs = 30 * 60_000;

/** From here on it is a transfer, steady or not: a screen, a progress bar or a file, more than news. Bytes a minute. */
const transferBytes = 64 * 1024;
/** Less than this is not even a line of output now and then; from a workspace that says much by itself it takes more. Bytes a minute. */
const outputBytes = { quiet: 128, chatty: 2048 };
/** Messages of a chatty page: so many in ten seconds are somebody's, so many in a minute are no accident. */
const burst = { act: 12, work: 3 };

const act = (by: UseBy): Judgement => ({ by, act: true, use: true });

/**
 * Decides whether a sign is use of the workspace. There are three weights: **acts** of people and programs always count;
 * **work** of the workspace that somebody's page receives counts for 8 hours after the last act; **upkeep**, which pages and
 * browsers do by themselves, for 30 minutes. Only acts can keep a workspace awake without end.
 * @param sinceActMs - since the last act; since the first sign at all, when there was no act yet
 */
export function judgeUse(sign: Sign, habits: Habits, sinceActMs: number): Judgement {
  const weight = weigh(sign, habits);
  if (weight === 'work') return { by: 'output', act: false, use: sinceActMs <= workMs };
  if (weight === 'upkeep') return { by: 'background', act: false, use: sinceActMs <= upkeepMs };
  return act(weight);
}

type Weight = 'work' | 'upkeep' | Exclude<UseBy, 'output' | 'background'>;

function weigh(sign: Sign, habits: Habits): Weight {
  // Monitors ask for ever, and so do browsers' own needs.
  if (sign.asker === 'probe' || sign.asker === 'upkeep') return 'upkeep';
  switch (sign.what) {
    case 'request':
      return weighRequest(sign, habits);
    case 'opening':
      // Pages open their sockets again by themselves, whenever they break.
      return sign.asker === 'program' ? 'program' : 'upkeep';
    case 'message':
      return weighMessage(sign, habits.same);
    case 'upload':
      if (sign.asker === 'program') return 'program';
      return habits.same.volume >= transferBytes ? 'work' : 'upkeep';
    case 'output':
      if (habits.same.volume >= transferBytes) return sign.asker === 'program' ? 'program' : 'work';
      if (habits.same.volume < outputBytes[sign.chatty ? 'chatty' : 'quiet']) return 'upkeep';
      return isKnownUnsteady(habits.same) ? 'work' : 'upkeep';
  }
}

function weighRequest(sign: Extract<Sign, { what: 'request' }>, { same, path }: Habits): Weight {
  if (sign.asker === 'program') return 'program';
  if (sign.asker === 'person') return 'opened';
  if (sign.heartbeat) return 'upkeep';
  if (sign.asker === 'document') return isSteady(path) ? 'upkeep' : 'opened';
  if (sign.media) return 'work';
  // A page's writes are a person's, unless they come by the clock. Its reads are when they ask for something new: who works
  // with a page makes it ask for ever new things, what asks for the same again is the page.
  if (sign.writes) return isSteady(same) ? 'upkeep' : 'input';
  return same.times <= 1 && !isSteady(path) ? 'input' : 'upkeep';
}

function weighMessage(sign: Extract<Sign, { what: 'message' }>, same: Habit): Weight {
  if (sign.heartbeat) return 'upkeep';
  const steady = isSteady(same);
  if (sign.asker === 'program') return steady && same.volume < transferBytes ? 'upkeep' : 'program';
  if (sign.reply || sign.greeting) return 'upkeep';
  // There one message proves nothing: people make many in a short time; some in a minute are the page following what changes.
  if (sign.chatty) {
    if (hasBurst(same, burst.act, 10_000)) return 'input';
    return hasBurst(same, burst.work, 60_000) ? 'work' : 'upkeep';
  }
  if (!steady) return 'input';
  return same.volume >= transferBytes ? 'work' : 'upkeep';
}
