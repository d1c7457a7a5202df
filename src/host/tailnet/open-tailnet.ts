import { embeddedTailnet } from './embedded.ts';
import type { EmbeddedOptions } from './embedded.ts';
import { systemTailnet } from './system/system.ts';
import { noTailnet } from './tailnet.ts';
import type { Tailnet } from './tailnet.ts';

export type TailnetOptions = Pick<EmbeddedOptions, 'config' | 'program'>;

/** The tailnet as it is configured; nothing happens before it is started. */
export function openTailnet(
  options: TailnetOptions | undefined,
  around: Pick<EmbeddedOptions, 'folder' | 'env' | 'onConnection' | 'log'>,
): Tailnet {
  switch (options?.config.mode) {
    case 'embedded':
      return embeddedTailnet({ ...options, ...around });
    case 'system':
      return systemTailnet({ socket: options.config.socket, ...around });
    case 'off':
    case undefined:
      return noTailnet();
  }
}
