import { GuildNetError } from '#contract/errors.ts';
import type { LogLine } from '#contract/logs.ts';
import { followStream } from '../follow/follow-stream.ts';
import type { FollowStreamOptions } from '../follow/follow-stream.ts';

export interface FollowOptions extends Omit<FollowStreamOptions<LogLine>, 'take'> {
  print(line: LogLine): void;
}

/**
 * Prints a log until `signal` aborts or the workspace is gone. A stream that ends or breaks is asked for again from its last line on.
 * Throws what the host says to the first question, and later what it says for good.
 */
export async function followLogs({ open, print, ...options }: FollowOptions): Promise<void> {
  let wasThere = false;
  async function* noted(lines: AsyncIterable<LogLine>): AsyncGenerator<LogLine, void, void> {
    yield* lines;
    wasThere = true;
  }
  try {
    await followStream({
      ...options,
      open: async (lastId, signal) => noted(await open(lastId, signal)),
      take(line) {
        wasThere = true;
        print(line);
      },
    });
  } catch (error) {
    if (!wasThere || !(error instanceof GuildNetError) || error.code !== 'not_found') throw error;
    options.note('The workspace was deleted.');
  }
}
