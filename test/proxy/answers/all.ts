import type { AnswerCase } from './answer-case.ts';
import { framings } from './framings.ts';
import { headerFields } from './header-fields.ts';
import { otherProtocols } from './other-protocols.ts';
import { statuses } from './statuses.ts';
import { upgrades } from './upgrades.ts';

/** The corpus of what a workspace may say, with what its client may make of it. */
export const allAnswers: Readonly<Record<string, readonly AnswerCase[]>> = {
  'status lines': statuses,
  framing: framings,
  'header fields': headerFields,
  'other protocols': otherProtocols,
  upgrades,
};
