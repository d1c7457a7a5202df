import { expect, test } from 'vitest';
import { createDesktopEvents } from './desktop-events.ts';

const to = (path: string) => ({ type: 'navigate', path }) as const;
const loading = { type: 'ide', id: 'a', state: 'loading' } as const;

test('delivers to every page that listens', async () => {
  const events = createDesktopEvents();
  const listening = [events.subscribe(undefined), events.subscribe(undefined)];
  const received = listening.map((page) => page.next());
  events.publish(loading);
  expect((await Promise.all(received)).map(({ value }) => value)).toEqual([loading, loading]);
});

test('keeps the last place to go to for the first page that listens, and nothing else', async () => {
  const events = createDesktopEvents();
  for (const event of [to('/a'), loading, to('/b')]) events.publish(event);
  const page = events.subscribe(undefined);
  expect((await page.next()).value).toEqual(to('/b'));
  const next = page.next();
  events.publish(to('/c'));
  expect((await next).value).toEqual(to('/c'));
});

test('ends when the page goes', async () => {
  const events = createDesktopEvents();
  const leaving = new AbortController();
  const next = events.subscribe(leaving.signal).next();
  leaving.abort();
  await expect(next).rejects.toThrow();
  events.publish(to('/later'));
  expect((await events.subscribe(undefined).next()).value).toEqual(to('/later'));
});
