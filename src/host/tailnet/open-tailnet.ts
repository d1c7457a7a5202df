import { join } from 'node:path';
import type { TailnetMode } from '#contract/tailnet.ts';
import { changingTailnet } from './changing.ts';
import type { ChangingTailnet } from './changing.ts';
import { embeddedTailnet } from './embedded.ts';
import type { EmbeddedOptions } from './embedded.ts';
import { keptModeIn } from './kept-mode.ts';
import { systemTailnet } from './system/system.ts';
import { noTailnet } from './tailnet.ts';
import type { Tailnet } from './tailnet.ts';

export type TailnetOptions = Pick<EmbeddedOptions, 'config' | 'program'>;

/** The tailnet as it is configured, or as people have chosen since; nothing happens before it is started. */
export function openTailnet(
  options: TailnetOptions | undefined,
  around: Pick<EmbeddedOptions, 'folder' | 'env' | 'onConnection' | 'log'>,
): ChangingTailnet {
  const chosen = keptModeIn(join(around.folder, 'mode.json'), around.log);
  const open = (mode: TailnetMode): Tailnet => {
    if (options === undefined || mode === 'off') return noTailnet();
    return mode === 'embedded'
      ? embeddedTailnet({ ...options, ...around })
      : systemTailnet({ socket: options.config.socket, ...around });
  };
  const config = options?.config;
  return changingTailnet({
    mode: config?.mode ?? 'off',
    open,
    // What is configured says what to begin with, and goes first.
    kept: async () => (config === undefined || config.isModeSaid === true ? undefined : (await chosen.read())?.mode),
    keep: (mode) => chosen.keep({ mode }),
  });
}
