import { join } from 'node:path';

/** Where the authority for names that are not loopback is, in the folder of the generated certificates. */
export const namesAuthorityFile = (folder: string): string => join(folder, 'names-ca.crt');
