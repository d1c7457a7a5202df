import { EventPublisher } from '@orpc/server';
import type { DesktopEvent } from '#contract/desktop.ts';

export interface DesktopEvents {
  publish(event: DesktopEvent): void;
  /** Every event from now on, and first the downloads as they are and what was asked for while no page listened. */
  subscribe(signal: AbortSignal | undefined): AsyncGenerator<DesktopEvent, void>;
}

/** The desktop's events for the page. A page that is still loading must not miss where the tray sent it. */
export function createDesktopEvents(): DesktopEvents {
  const publisher = new EventPublisher<{ event: DesktopEvent }>();
  let unheard: DesktopEvent | undefined;
  let downloads: DesktopEvent | undefined;
  return {
    publish(event) {
      if (event.type === 'downloads') downloads = event;
      const isAwaited = event.type === 'navigate' || event.type === 'problem';
      if (isAwaited && publisher.size === 0) unheard = event;
      else publisher.publish('event', event);
    },
    async *subscribe(signal) {
      const events = publisher.subscribe('event', signal === undefined ? {} : { signal });
      const waiting = unheard;
      unheard = undefined;
      try {
        if (downloads !== undefined) yield downloads;
        if (waiting !== undefined) yield waiting;
        yield* events;
      } finally {
        await events.return(undefined);
      }
    },
  };
}
