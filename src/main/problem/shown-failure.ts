import { ORPCError } from '@orpc/server';
import { errorBodySchema, GuildNetError, remedyOf } from '#contract/errors.ts';
import { t } from '../words/words.ts';

export interface Failure {
  readonly message: string;
  readonly remedy: string | undefined;
}

/** What to show a person of anything thrown. A foreign error's own words are all there is to go by. */
export function shownFailure(error: unknown): Failure {
  if (error instanceof GuildNetError) return { message: error.message, remedy: error.remedy };
  if (error instanceof ORPCError) {
    const body = errorBodySchema.safeParse(error.data);
    if (body.success) return { message: body.data.message, remedy: remedyOf(body.data) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message: t().problem.inside(message), remedy: undefined };
}
