import type { TailnetHost } from '#contract/tailnet.ts';

/** How it stands with the host that this page came from. */
export type Takeover =
  | { kind: 'well' }
  /** It has not answered so many times in a row. */
  | { kind: 'missed'; times: number }
  /** At this moment (ms since the epoch) the page goes there. */
  | { kind: 'going'; to: TailnetHost; at: number }
  /** Of another owner: whoever looks at the page decides. */
  | { kind: 'offered'; to: TailnetHost }
  | { kind: 'stays' };

export type News =
  | { what: 'answered' }
  | { what: 'missed' }
  /** Another host was looked for. */
  | { what: 'found'; host: TailnetHost | undefined; now: number }
  | { what: 'stay' };

/** One answer may be lost for any reason. */
const missesOfAway = 2;
/** Long enough to be read, and to be prevented. */
const noticeMs = 3_000;

/** Whether another host is looked for. */
export function isAway(state: Takeover): boolean {
  return state.kind === 'missed' && state.times >= missesOfAway;
}

/** What is done next. A page goes by itself to a host of the same owner alone. Pure. */
export function afterNews(state: Takeover, news: News): Takeover {
  switch (news.what) {
    case 'answered':
      return { kind: 'well' };
    case 'missed':
      if (state.kind === 'well') return { kind: 'missed', times: 1 };
      return state.kind === 'missed' ? { kind: 'missed', times: state.times + 1 } : state;
    case 'found': {
      if (news.host === undefined || !isAway(state)) return state;
      return news.host.same_owner
        ? { kind: 'going', to: news.host, at: news.now + noticeMs }
        : { kind: 'offered', to: news.host };
    }
    case 'stay':
      return { kind: 'stays' };
  }
}

const parameter = 'away';

/** Where this page is at another host; it says there which one is away. Nothing of a session goes along. Undefined for what is no host's address. Pure. */
export function placeAt(hostUrl: string, pathname: string, from: string): string | undefined {
  const url = URL.parse(hostUrl);
  if (url?.protocol !== 'https:' || url.username !== '') return undefined;
  url.pathname = pathname;
  url.search = new URLSearchParams({ [parameter]: from }).toString();
  url.hash = '';
  return url.href;
}

/** The host that was away, as the page that came from it says; undefined where it says nothing that could be a host. Pure. */
export function cameFrom(search: string): string | undefined {
  const name = new URLSearchParams(search).get(parameter) ?? '';
  return /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}$/.test(name) ? name : undefined;
}
