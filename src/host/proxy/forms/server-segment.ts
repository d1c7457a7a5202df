import { GuildNetError } from '#contract/errors.ts';
import { isWorkspaceId } from '#contract/qualified-id.ts';
import type { ProxyAsk } from './ask.ts';
import { portOf } from './target-text.ts';

/**
 * Reads the segment behind `/proxy/server/`: `{id}`, `{id}:{port}` for any port of it, or `https:{id}:{port}` where that port
 * speaks TLS and one would not expect it. Throws `not_found` for what can be no id, `bad_target` for what is no port.
 */
export function parseServerSegment(segment: string): Extract<ProxyAsk, { kind: 'server' }> {
  const {
    scheme,
    id: written = '',
    port,
  } = /^(?:(?<scheme>https?):(?=[^:]*:))?(?<id>[^:]*)(?::(?<port>.*))?$/s.exec(segment)?.groups ?? {};
  // Of what an id may hold, `@` alone is written otherwise by those who encode it.
  const id = written.replace(/%40/i, '@');
  if (!isWorkspaceId(id)) {
    throw new GuildNetError('not_found', `There is no workspace "${(id || segment).slice(0, 80)}".`, {
      remedy: 'The form is /proxy/server/{id}/, with the id that /api/servers lists.',
    });
  }
  if (port === undefined) return { kind: 'server', id };
  const number = portOf(port);
  if (number === undefined) {
    throw new GuildNetError('bad_target', `"${port.slice(0, 80)}" is not a port.`, {
      remedy: 'The form is /proxy/server/{id}:{port}/, with a port from 1 to 65535.',
    });
  }
  return { kind: 'server', id, port: number, ...(scheme === 'http' || scheme === 'https' ? { scheme } : {}) };
}
