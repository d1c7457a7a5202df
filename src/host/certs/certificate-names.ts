import { isIP } from 'node:net';
import { GuildNetError } from '#contract/errors.ts';

const hostName = /^(?=.{1,253}$)(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)*$/;

/**
 * The names that a certificate is asked for, as `-H` has them: host names and addresses with commas between. In lower case, each once.
 * Throws `bad_config` for one that is neither; a wildcard is none, since browsers take none for a single label such as `*.localhost`.
 */
export function certificateNames(given: readonly string[]): string[] {
  const names = given
    .flatMap((text) => text.split(','))
    .map((name) =>
      name
        .trim()
        .toLowerCase()
        .replace(/^\[(.*)\]$/, '$1'),
    );
  const wrong = names.find((name) => isIP(name) === 0 && !hostName.test(name));
  if (names.length > 0 && wrong === undefined) return [...new Set(names)];
  throw new GuildNetError('bad_config', `"${wrong ?? ''}" is neither a host name nor an address.`, {
    remedy:
      'Write names with commas between, for example -H localhost,127.0.0.1,::1,laptop.tail1234.ts.net,100.64.0.7.',
  });
}
