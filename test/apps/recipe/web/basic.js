/** Basic authentication below /private, as a reverse proxy's password file has it. */
export function basic() {
  const expected = `Basic ${Buffer.from('ada:lovelace').toString('base64')}`;
  return (request, response) => {
    const html = { 'content-type': 'text/html' };
    if (request.url !== '/private') {
      response.writeHead(200, html).end('<!doctype html><title>Engine</title><a href="private">Private</a>');
    } else if (request.headers.authorization === expected) {
      response.writeHead(200, html).end('<!doctype html><title>Engine</title><h1>Welcome, ada</h1>');
    } else {
      response.writeHead(401, { ...html, 'www-authenticate': 'Basic realm="Engine"' }).end('Who are you?');
    }
  };
}
