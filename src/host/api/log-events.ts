import { withEventMeta } from '@orpc/server';
import type { LogLine } from '#contract/logs.ts';
import type { Entry } from '../logs/entry.ts';
import { positionText } from '../logs/position.ts';
import { toWireError } from './wire-errors.ts';

/**
 * The entries of a log as events of the contract, each with the id by which it is gone on from where it has one. What goes wrong in the
 * middle travels as every other error.
 */
export async function* logEvents(
  batches: AsyncIterable<readonly Entry[]>,
  requestId: string,
): AsyncGenerator<LogLine, void, void> {
  try {
    for await (const batch of batches)
      for (const { line, position } of batch)
        yield position === undefined ? line : withEventMeta({ ...line }, { id: positionText(position) });
  } catch (error) {
    throw toWireError(error, requestId);
  }
}
