import { join } from 'node:path';

/** More than any address of a bus. */
const longestAddress = 4_096;

/**
 * The sockets at which a session bus may be, in the order in which they are tried, as `net.connect` takes them; an abstract one begins
 * with a zero character. Empty: there is no session bus. Source: D-Bus specification, "Server Addresses"; systemd puts the bus of a
 * user who has no address set at `$XDG_RUNTIME_DIR/bus`.
 */
export function busSockets(env: NodeJS.ProcessEnv): string[] {
  const address = env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  const runtime = env['XDG_RUNTIME_DIR'] ?? '';
  if (address === '') return runtime === '' ? [] : [join(runtime, 'bus')];
  if (address.length > longestAddress) return [];
  return address.split(';').flatMap((one) => {
    if (!one.startsWith('unix:')) return [];
    const pairs = new Map(one.slice('unix:'.length).split(',').map(keyAndValue));
    const path = pairs.get('path');
    if (path !== undefined && path !== '') return [path];
    const abstract = pairs.get('abstract');
    return abstract !== undefined && abstract !== '' ? [`\0${abstract}`] : [];
  });
}

function keyAndValue(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  const value = pair.slice(equals + 1);
  return [pair.slice(0, equals), unescaped(value)];
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A stray percent sign: no address that a bus has given out.
    return '';
  }
}
