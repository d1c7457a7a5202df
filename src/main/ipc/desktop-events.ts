import { EventPublisher } from '@orpc/server';
import type { DesktopEvent } from '#contract/desktop.ts';

export interface DesktopEvents {
  publish(event: DesktopEvent): void;
  /** Every event from now on, and first the downloads, newer versions and views' windows as they are and what was asked for while no page listened. */
  subscribe(signal: AbortSignal | undefined): AsyncGenerator<DesktopEvent, void>;
}

/** The desktop's events for the page. A page that is still loading must not miss where the tray sent it. */
export function createDesktopEvents(): DesktopEvents {
  const publisher = new EventPublisher<{ event: DesktopEvent }>();
  let unheard: DesktopEvent | undefined;
  /** By their kinds; a page that comes later has to know them. */
  const lasting = new Map<DesktopEvent['type'], DesktopEvent>();
  return {
    publish(event) {
      if (event.type === 'downloads' || event.type === 'updates' || event.type === 'windows')
        lasting.set(event.type, event);
      const isAwaited = event.type === 'navigate' || event.type === 'problem';
      if (isAwaited && publisher.size === 0) unheard = event;
      else publisher.publish('event', event);
    },
    async *subscribe(signal) {
      const events = publisher.subscribe('event', signal === undefined ? {} : { signal });
      const waiting = unheard;
      unheard = undefined;
      try {
        yield* lasting.values();
        if (waiting !== undefined) yield waiting;
        yield* events;
      } finally {
        await events.return(undefined);
      }
    },
  };
}
