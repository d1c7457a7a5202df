import type { ResponseHeaders, SentHeaders } from '../../proxy/exchange/header-list.ts';
import { uiHeaders } from '../ui-headers.ts';

/** What only we say on this origin: what others may read (CORS), and what would act on all of its ports. */
const ours = /^(?:access-control-.*|set-cookie|clear-site-data|strict-transport-security|alt-svc)$/;

export interface DevUiAnswer {
  /** The development server's origin. */
  origin: string;
  /** The page's Content-Security-Policy. */
  policy: string;
  requestId: string;
}

/** A development server's headers as they go to the browser: its own, in our frame of rules. Names are in lower case. Pure. */
export function devUiHeaders(headers: ResponseHeaders, { origin, policy, requestId }: DevUiAnswer): SentHeaders {
  const sent = Object.create(null) as SentHeaders;
  for (const [name, values] of Object.entries(headers)) {
    if (values === undefined || ours.test(name)) continue;
    sent[name] = name === 'location' ? values.map((value) => onOwnOrigin(value, origin)) : values;
  }
  for (const [name, value] of Object.entries({ ...uiHeaders(policy), 'x-request-id': requestId })) sent[name] = [value];
  return sent;
}

/** A place on the development server is one on our own origin. */
function onOwnOrigin(location: string, origin: string): string {
  if (!URL.canParse(location)) return location;
  const { origin: there, pathname, search, hash } = new URL(location);
  return there === origin ? `${pathname}${search}${hash}` : location;
}
