import { inflateRawSync } from 'node:zlib';
import { isOwn, parseUrl, type Role } from './role.ts';

/** Parameters in which a provider is told where to send the person back to (OAuth 2, OpenID Connect, CAS, WS-Federation, and proxies). */
const returnNames = new Set([
  'redirect_uri',
  'redirect_url',
  'redirecturl',
  'redirect_to',
  'redirect',
  'post_logout_redirect_uri',
  'return_to',
  'returnto',
  'return_url',
  'returnurl',
  'callback',
  'callback_url',
  'continue',
  'next',
  'rd',
  'service',
  'target_link_uri',
  'wreply',
  'relaystate',
]);
/** In these a program keeps what it wants back; VS Code keeps its own address there, behind a redirect of its maker's. */
const stateNames = new Set(['state', 'ctx', 'wctx']);
/** A request of SAML is XML of a few kilobytes (Bindings 3.4.4.1: DEFLATE, base64). */
const longestSaml = 65_536;
const mostParameters = 64;

/**
 * Whether an address elsewhere says that it leads back to the workspace: a person who is to sign in there has to come back to
 * this very view, where the page that sent them is waited for, and not to a browser in which they are nobody.
 */
export function leadsBack(role: Role, url: URL): boolean {
  if (role.kind !== 'workspace') return false;
  const parameters = [...url.searchParams].slice(0, mostParameters);
  const isRequest = parameters.some(([name]) => name.toLowerCase() === 'client_id');
  return parameters.some(([name, value]) => {
    const called = name.toLowerCase();
    if (called === 'samlrequest') return samlReturns(role, value);
    return (returnNames.has(called) || (isRequest && stateNames.has(called))) && isOwnText(role, value);
  });
}

function isOwnText(role: Role, text: string): boolean {
  const url = parseUrl(text) ?? parseUrl(decodedOnce(text));
  return url !== undefined && isOwn(role, url);
}

function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: it is no address that was encoded twice.
    return '';
  }
}

/** Whether a SAML request names the workspace's own address for the answer (Core 3.4.1, AssertionConsumerServiceURL). */
function samlReturns(role: Role, value: string): boolean {
  try {
    const xml = inflateRawSync(Buffer.from(value, 'base64'), { maxOutputLength: longestSaml }).toString('utf8');
    const address = /\sAssertionConsumerServiceURL\s*=\s*["']([^"']{1,8192})["']/.exec(xml)?.[1];
    return address !== undefined && isOwnText(role, address.replaceAll('&amp;', '&'));
  } catch {
    // Not deflated, or too long: no request that a browser is sent with by its address.
    return false;
  }
}

const loopbackName = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Where a person may be sent to sign in: over TLS, or to this machine; never to the host's own door, which is for its pages alone. */
export function isProvider(role: Role, url: URL): boolean {
  if (role.kind !== 'workspace') return false;
  const isHere = loopbackName.test(url.hostname);
  const door = new URL(role.url);
  if (isHere && url.port === door.port) return false;
  if (url.hostname === door.hostname) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}

/** A second factor may need a while, and one provider sends to another; a page that wanders about has left for good. */
const longestMs = 15 * 60_000;
const mostSteps = 40;

/** One page's way through a sign-in elsewhere. */
export interface SignInJourney {
  /** Whether the page's top frame may go to `target`, which is not its own, in place; begins or goes on with the journey. */
  mayGo(role: Role, target: string): boolean;
  /** The page is sent out on purpose. */
  begin(): void;
  /** The page is at home again. */
  end(): void;
}

/** `now` yields milliseconds and never goes back. */
export function createSignInJourney(now: () => number): SignInJourney {
  let begun: number | undefined;
  let steps = 0;
  const begin = (): void => {
    begun = now();
    steps = 0;
  };
  return {
    begin,
    end: () => {
      begun = undefined;
    },
    mayGo(role, target) {
      const url = parseUrl(target);
      if (url === undefined || !isProvider(role, url)) return false;
      const isUnderWay = begun !== undefined && now() - begun <= longestMs && steps < mostSteps;
      if (!isUnderWay) {
        if (!leadsBack(role, url)) return false;
        begin();
      }
      steps += 1;
      return true;
    },
  };
}
