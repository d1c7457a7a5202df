import { expect, test } from 'vitest';
import { tellingLines } from './telling-lines.ts';

const node = `node:events:486
      throw er; // Unhandled 'error' event
      ^

Error: listen EADDRINUSE: address already in use :::3000
    at Server.setupListenHandle [as _listen2] (node:net:1948:16)
    at listenInCluster (node:net:2005:12)
    at Server.listen (node:net:2110:7)
    at node:internal/main/run_main_module:36:49
Emitted 'error' event on Server instance at:
    at emitErrorNT (node:net:1984:8)
    at process.processTicksAndRejections (node:internal/process/task_queues:90:21) {
  code: 'EADDRINUSE',
  errno: -98,
  syscall: 'listen',
  address: '::',
  port: 3000
}

Node.js v24.21.0`;

const thrown = `/app/server.js:3
    throw new TypeError('no such plan');
    ^

TypeError: no such plan
    at Object.<anonymous> (/app/server.js:3:11)
    at Module._compile (node:internal/modules/cjs/loader:1761:14)
    at Object..js (node:internal/modules/cjs/loader:1893:10)
    at Module.load (node:internal/modules/cjs/loader:1481:32)
    at Module._load (node:internal/modules/cjs/loader:1300:12)
    at node:internal/main/run_main_module:36:49

Node.js v24.21.0`;

const python = `Traceback (most recent call last):
  File "/app/main.py", line 5, in <module>
    start()
  File "/app/main.py", line 2, in start
    raise ValueError("no such plan")
ValueError: no such plan`;

const go = `2026/01/01 00:00:00 starting
panic: no such plan

goroutine 1 [running]:
main.start(...)
	/app/main.go:8
main.main()
	/app/main.go:4 +0x25
exit status 2`;

const java = `Exception in thread "main" java.lang.IllegalStateException: no such plan
	at app.Main.start(Main.java:9)
	at app.Main.main(Main.java:4)
Caused by: java.io.FileNotFoundException: /etc/plan
	... 12 more`;

test.each([
  ['Node, of an event', node, /listen EADDRINUSE: address already in use/],
  ['Node, thrown', thrown, /^TypeError: no such plan$/m],
  ['Python', python, /^ValueError: no such plan$/m],
  ['Go', go, /^panic: no such plan$/m],
  ['Java', java, /IllegalStateException: no such plan/],
  ['Java, its cause', java, /FileNotFoundException: \/etc\/plan/],
])('the error line of %s is among the last words', (_what, log, line) => {
  const told = tellingLines(
    log.split('\n').filter((one) => one !== ''),
    5,
  );
  expect(told.length).toBeLessThanOrEqual(5);
  expect(told.join('\n')).toMatch(line);
});

test.each([
  [
    'an error that is not the last one said gives way to what names none',
    ['error: one', 'a', 'b'],
    2,
    ['error: one', 'b'],
  ],
  ['no error is named', ['a', 'b', 'c'], 2, ['b', 'c']],
  ['the last of two errors', ['Error: one', 'Error: two', 'a', 'b'], 2, ['Error: two', 'b']],
  ['fewer lines than may be told', ['a'], 5, ['a']],
])('%s', (_what, lines, most, told) => {
  expect(tellingLines(lines, most)).toEqual(told);
});
