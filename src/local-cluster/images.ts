import { codeServerVersion } from './versions.ts';

/** Names of the images that every node-level cluster has from the start. No registry knows them: `guildnet.local` is no host. */
export const localImages = {
  codeServer: `guildnet.local/code-server:${codeServerVersion}` as const,
  echo: 'guildnet.local/echo:1',
  shell: 'guildnet.local/shell:1',
  pause: 'guildnet.local/pause:1',
} as const;
export type LocalImage = keyof typeof localImages;
