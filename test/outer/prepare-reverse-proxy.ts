import { createAuthority, openAuthority } from '#host/certs/authority.ts';
import { buildController } from '../exposure/controllers.ts';
import { skipper } from '../exposure/skipper.ts';

// A process of its own for those who see a browser's types, too: builds the reverse proxy unless it is there, makes a certificate
// for the names that it is asked for, and prints both.

const program = await buildController(skipper);
const { cert, key } = await openAuthority(await createAuthority()).issue(process.argv.slice(2));
process.stdout.write(JSON.stringify({ program, cert, key }));
