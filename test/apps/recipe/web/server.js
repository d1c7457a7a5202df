import { createServer } from 'node:http';
import { basic } from './basic.js';
import { events } from './events.js';
import { grpcWeb } from './grpc-web.js';
import { redirects } from './redirects.js';

const programs = { basic, events, 'grpc-web': grpcWeb, redirects };
const program = programs[process.env.PROGRAM];
if (program === undefined) throw new Error(`PROGRAM is one of ${Object.keys(programs).join(', ')}.`);
createServer(await program()).listen(8080);
