import { writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

/** Stands in for the editor: what is sent to /save is written into words.js as an editor would save it. */
const editor = {
  name: 'editor',
  configureServer(server) {
    server.middlewares.use('/save', (request, response, next) => {
      text(request)
        .then((content) => writeFile('/tmp/project/words.js', content))
        .then(() => response.writeHead(204).end(), next);
    });
  },
};

export default { cacheDir: '/tmp/vite', clearScreen: false, plugins: [editor] };
