import type { Clock } from '../../kube/clock.ts';
import { askerOf } from '../../proxy/asker.ts';
import type { ExchangeFacts, ExchangeWatch } from '../../proxy/traffic.ts';
import { ClientFrames } from './client-frames.ts';
import type { Evidence } from './evidence.ts';
import { gather } from './gather.ts';
import { isHeartbeat } from './heartbeat.ts';
import { placeOf } from './place-of.ts';

export interface Watcher {
  evidence: Evidence;
  clock: Pick<Clock, 'now'>;
  /** The workspace is in use. Cheap: called as often as something is seen. */
  used: () => void;
}

/** A request that does not last so long is judged by its beginning alone: a poll may take seconds where the machine is busy. */
const lastsMs = 10_000;
/** Who is asked answers within this time, over a slow line too; people who type are mostly slower than that at least once. */
const replyMs = 250;
/** For so long after opening, both sides of a WebSocket introduce themselves. */
const greetingMs = 10_000;

/** VS Code's header alone, of an acknowledgement or a keep-alive, compressed: 4 to 13 bytes seen. What people do takes more. */
const vscodeUpkeepBytes = 16;

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Takes note of one exchange with a workspace as it passes. Costs a look at the clock for a chunk, and keeps nothing of it. */
export function watchExchange(watcher: Watcher, facts: ExchangeFacts): ExchangeWatch {
  const asker = askerOf(facts);
  return facts.kind === 'socket' ? watchSocket(watcher, facts, asker) : watchRequest(watcher, facts, asker);
}

type Asker = ReturnType<typeof askerOf>;

function watchRequest({ evidence, clock, used }: Watcher, facts: ExchangeFacts, asker: Asker): ExchangeWatch {
  const place = placeOf(facts.path);
  const { method, headers, path } = facts;
  const destination = headers['sec-fetch-dest'];
  const sign = {
    what: 'request',
    asker,
    writes: !reads.has(method),
    media: destination === 'video' || destination === 'audio',
    // engine.io's answer to a ping, where it has no WebSocket: one POST each.
    heartbeat: path.includes('transport=polling') && Number(headers['content-length'] ?? 9) <= 3,
  } as const;
  if (evidence.see(sign, place, clock.now())) used();
  const begunAt = clock.now();
  const flow = (what: 'upload' | 'output') =>
    gather(clock, (now, bytes) => {
      if (now - begunAt < lastsMs) return;
      if (evidence.see({ what, asker, chatty: false }, place, now, bytes)) used();
    });
  const upload = flow('upload');
  const output = flow('output');
  return {
    fromClient: (chunk) => upload(chunk.length),
    fromWorkspace: (chunk) => output(chunk.length),
    end: () => undefined,
  };
}

function watchSocket({ evidence, clock, used }: Watcher, facts: ExchangeFacts, asker: Asker): ExchangeWatch {
  const { path } = placeOf(facts.path);
  const place = { path, target: path };
  const openedAt = clock.now();
  const isVscode = facts.path.includes('reconnectionToken=');
  let heardAt = -Infinity;
  if (evidence.see({ what: 'opening', asker }, place, openedAt)) used();
  const frames = new ClientFrames(({ length, compressed, head }) => {
    const now = clock.now();
    const sign = {
      what: 'message',
      asker,
      heartbeat: compressed ? isVscode && length <= vscodeUpkeepBytes : isHeartbeat(length, head),
      reply: now - heardAt <= replyMs,
      greeting: now - openedAt <= greetingMs,
      chatty: isVscode,
    } as const;
    if (evidence.see(sign, place, now, length)) used();
  });
  const output = gather(clock, (now, bytes) => {
    if (evidence.see({ what: 'output', asker, chatty: isVscode }, place, now, bytes)) used();
  });
  return {
    fromClient: (chunk) => frames.push(chunk),
    fromWorkspace: (chunk) => {
      heardAt = clock.now();
      output(chunk.length);
    },
    end: () => undefined,
  };
}
