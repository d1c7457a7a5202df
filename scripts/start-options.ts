import { parseArgs } from 'node:util';

export interface StartOptions {
  help: boolean;
  /** Run without a window although a display is there. */
  headless: boolean;
  /** Use the local cluster although a kubeconfig is there. */
  local: boolean;
}

export const usage = `Usage: npm start [-- options]

Starts GuildNet from this checkout: a window where there is a display, otherwise the host with the address to open.
Brings whatever is missing first; a second start has nothing to bring.

Options:
  --headless  no window, even where there is a display
  --local     use the local cluster of this machine, and build and start it if need be, even where a kubeconfig exists
  --help      show this text
`;

/** Reads the arguments of `npm start`; anything unknown is an error with the reason as text. */
export function parseStartOptions(args: string[]): StartOptions | { error: string } {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({ args, options: { help: { ...flag, short: 'h' }, headless: flag, local: flag } });
    return values;
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
