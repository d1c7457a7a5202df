import type { TailnetHost } from '#contract/tailnet.ts';
import type { Reach } from './standing.ts';

const patienceMs = 3_000;

/**
 * Whether this browser reaches each host and trusts its certificate, and how soon it answers. The answer itself is no business of ours: a
 * page of another origin sees nothing of it, and sends nothing that says who asks.
 */
export async function reachOf(hosts: readonly TailnetHost[], ending: AbortSignal): Promise<Map<string, Reach>> {
  const tried = hosts.map(async ({ name, url, here }): Promise<[string, Reach]> => {
    const place = `${here ? location.origin : url}/healthz`;
    // The first makes the connection.
    const first = await answerMs(place, ending);
    return [name, first === 'away' ? first : await answerMs(place, ending)];
  });
  return new Map(await Promise.all(tried));
}

async function answerMs(place: string, ending: AbortSignal): Promise<number | 'away'> {
  const began = performance.now();
  try {
    await fetch(place, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([ending, AbortSignal.timeout(patienceMs)]),
    });
    return performance.now() - began;
  } catch {
    // Away, or not trusted: a page is not told which.
    return 'away';
  }
}
