/* global EventSource -- behind a flag of Node's (https://nodejs.org/api/globals.html#class-eventsource) */
const events = new EventSource(process.argv[2] ?? '');
events.addEventListener('message', ({ data }) => process.stdout.write(`${String(data)}\n`));
events.addEventListener('open', () => process.stdout.write('open\n'));
// Its own wait before it connects again keeps no process alive.
setInterval(() => undefined, 1_000);
