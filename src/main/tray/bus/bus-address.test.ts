import { expect, test } from 'vitest';
import { busSockets } from './bus-address.ts';

test.each<[string, NodeJS.ProcessEnv, string[]]>([
  ['nothing', {}, []],
  ['a path', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }, ['/run/user/1000/bus']],
  ['a path with a guid', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/b,guid=01ab' }, ['/tmp/b']],
  ['a path with escapes', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/a%20b' }, ['/tmp/a b']],
  ['an abstract one', { DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-1,guid=2' }, ['\0/tmp/dbus-1']],
  ['several', { DBUS_SESSION_BUS_ADDRESS: 'tcp:host=a,port=1;unix:path=/b;unix:path=/c' }, ['/b', '/c']],
  ['the user’s own folder', { XDG_RUNTIME_DIR: '/run/user/1' }, ['/run/user/1/bus']],
  ['an address before the folder', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/b', XDG_RUNTIME_DIR: '/r' }, ['/b']],
  ['none on purpose', { DBUS_SESSION_BUS_ADDRESS: 'disabled:', XDG_RUNTIME_DIR: '/r' }, []],
  ['nonsense', { DBUS_SESSION_BUS_ADDRESS: 'unix:path' }, []],
  ['a stray percent sign', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/a%' }, []],
  ['an address without end', { DBUS_SESSION_BUS_ADDRESS: `unix:path=/${'a'.repeat(10_000)}` }, []],
])('%s', (_what, env, sockets) => {
  expect(busSockets(env)).toEqual(sockets);
});
