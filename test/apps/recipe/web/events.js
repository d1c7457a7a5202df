const page = `<!doctype html><title>Events</title><ol></ol><script>
const source = new EventSource('/stream');
source.onmessage = ({ data, lastEventId }) => {
  const item = document.createElement('li');
  item.textContent = lastEventId + ' ' + data;
  document.querySelector('ol').append(item);
};
</script>`;

/** Server-Sent Events: one each 100 ms, and a break after each tenth, after which the browser comes back with Last-Event-ID. */
export function events() {
  return (request, response) => {
    if (request.url !== '/stream') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      return;
    }
    let id = Number(request.headers['last-event-id'] ?? 0);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write('retry: 100\n\n');
    const timer = setInterval(() => {
      id += 1;
      response.write(`id: ${id}\ndata: event ${id}\n\n`);
      if (id % 10 === 0) response.end();
    }, 100);
    response.on('close', () => clearInterval(timer));
  };
}
