/** An application that sends on with its whole address, as many frameworks do: from Host, and from its own port. */
export function redirects() {
  return (request, response) => {
    const [name] = (request.headers.host ?? 'localhost').split(':');
    const targets = {
      '/': `http://${request.headers.host}/welcome`,
      '/dir': `http://${name}:8080/dir/`,
      '/forwarded': `${request.headers['x-forwarded-proto']}://${request.headers['x-forwarded-host']}/welcome`,
      '/relative': 'welcome',
    };
    const location = targets[request.url];
    if (location !== undefined) {
      response.writeHead(302, { location }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      `<!doctype html><title>Redirects</title><h1>${request.url === '/dir/' ? 'Directory' : 'Welcome'}</h1>`,
    );
  };
}
