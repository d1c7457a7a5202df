import { isDnsLabel } from '#contract/names.ts';
import type { PortScheme } from '#contract/port-scheme.ts';
import { isWorkspaceId, qualifiedId, readQualifiedId } from '#contract/qualified-id.ts';
import { canonicalHost, portOf } from '../proxy/forms/target-text.ts';
import type { ProxyAsk } from '../proxy/forms/ask.ts';

const loopbackDomain = '.localhost';
/** What is no workspace lives below this; a workspace's name is a single label, so none can be meant. */
const targetDomain = '.to.localhost';
/** Longest label, and longest name (RFC 1035, 2.3.4). */
const maxLabel = 63;
const maxName = 253;

/**
 * Between a workspace's name and the label of its context, where that is not the one in use. A dot would put all workspaces of a context
 * below one domain, whose cookies they would share, and no wildcard certificate is for two labels. A workspace of the context in use whose own
 * name has it has no such origin: it could be taken for one of another cluster.
 */
const contextMark = '---';

/** `3000--` is the port, `3000s--` the port with TLS. Names begin with a letter, so that this is never a part of one. */
const prefixForm = /^(?<port>[1-9]\d{0,4})(?<letter>[sp]?)--(?<rest>.+)$/;
const letters = { https: 's', http: 'p' } as const;

function prefixOf({ port, scheme }: { port?: number; scheme?: PortScheme }): string {
  return port === undefined ? '' : `${String(port)}${scheme === undefined ? '' : letters[scheme]}--`;
}

/** `<id>` or `<id>---<label>`; undefined for a name that looks like the latter and is none. */
function hostLabelOf(workspace: string): string | undefined {
  const { id, label } = readQualifiedId(workspace);
  if (label === undefined) return id.includes(contextMark) ? undefined : id;
  return label.includes(contextMark) ? undefined : `${id}${contextMark}${label}`;
}

/** The inverse. */
function workspaceOf(hostLabel: string): string {
  const at = hostLabel.lastIndexOf(contextMark);
  return at === -1 ? hostLabel : qualifiedId(hostLabel.slice(0, at), hostLabel.slice(at + contextMark.length));
}

function parsePrefixed(text: string): { rest: string; port: number; scheme?: PortScheme } | undefined {
  const { port = '', letter = '', rest = '' } = prefixForm.exec(text)?.groups ?? {};
  const number = portOf(port);
  if (number === undefined) return undefined;
  if (letter === '') return { rest, port: number };
  return { rest, port: number, scheme: letter === letters.https ? 'https' : 'http' };
}

/**
 * The host name that is the own origin of what is asked for: `<id>.localhost`, `<id>---<label>.localhost` in another context than
 * the one in use, `<port>--<id>.localhost` for another port of it, `<port>--<host>.to.localhost` for a target that is no workspace; `s` after the port for
 * TLS and `p` for plain HTTP where it is not what one would expect of the port. Undefined where none can be
 * had: the label would be longer than 63 characters, the name has three dashes in a row, or the host is an IPv6 address.
 */
export function loopbackName(ask: ProxyAsk): string | undefined {
  if (ask.kind === 'server') {
    const own = hostLabelOf(ask.id);
    const label = own === undefined ? undefined : `${prefixOf(ask)}${own}`;
    return label !== undefined && label.length <= maxLabel ? `${label}${loopbackDomain}` : undefined;
  }
  const name = `${prefixOf(ask)}${ask.host}${targetDomain}`;
  const fits = name.length <= maxName && name.split('.').every((label) => label.length <= maxLabel);
  return fits && !ask.host.includes(':') ? name : undefined;
}

/** What the page at this host name belongs to; undefined when it is no name of ours. The inverse of `loopbackName`. */
export function parseLoopbackName(name: string): ProxyAsk | undefined {
  if (name.endsWith(targetDomain)) {
    const found = parsePrefixed(name.slice(0, -targetDomain.length));
    if (found === undefined || canonicalHost(found.rest) !== found.rest) return undefined;
    const { rest: host, ...port } = found;
    return { kind: 'target', host, ...port };
  }
  if (!name.endsWith(loopbackDomain)) return undefined;
  const label = name.slice(0, -loopbackDomain.length);
  if (label.length > maxLabel) return undefined;
  const { rest, ...port } = isDnsLabel(label) ? { rest: label } : (parsePrefixed(label) ?? { rest: '' });
  const id = workspaceOf(rest);
  return isWorkspaceId(id) ? { kind: 'server', id, ...port } : undefined;
}
