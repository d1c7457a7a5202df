import { config } from 'zod';

// Tells zod not to compile its checks: the page's Content-Security-Policy forbids `eval`, and the attempt alone is reported as
// a violation. zod decides when a schema is made, so this module is loaded before the contract.
config({ jitless: true });
