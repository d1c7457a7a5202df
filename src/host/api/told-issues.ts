import type { ValidationError } from '@orpc/server';
import { cutText } from '#contract/bounded.ts';

/** A mistake in a request: its place, and what is expected there. */
export interface ToldIssue {
  path: string;
  message: string;
}

type Issue = ValidationError['issues'][number];

/** Nobody mends more at once, and a request can hold hundreds of mistakes. */
const mostIssues = 20;
/** It names every field that is unknown, and a request can have many. */
const mostOfIssue = 500;
/** What zod says of a value that is none of several kinds, where the schema has no words of its own. */
const wordless = 'Invalid input';

/**
 * The mistakes as far as anybody reads them. Where a value may be of several kinds, those of the kind that it was probably meant to be
 * are told (the one that agrees the deepest), or what each of them expects: "Invalid input" alone helps nobody. Pure.
 */
export function toldIssues(issues: readonly Issue[]): ToldIssue[] {
  return issues
    .flatMap((issue) => unfold(issue))
    .slice(0, mostIssues)
    .map(({ path, message }) => ({ path: path.join('.'), message: cutText(message, mostOfIssue) }));
}

interface Placed {
  path: string[];
  message: string;
}

function unfold(issue: Issue): Placed[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  const kinds = issue.message === wordless ? kindsOf(issue) : [];
  if (kinds.length === 0) return [{ path, message: issue.message }];
  const branches = kinds.map((branch) => branch.flatMap((one) => unfold(one)));
  const meant = branches
    .filter((branch) => branch.length > 0 && branch.every((one) => one.path.length > 0))
    .toSorted((one, other) => one.length - other.length)[0];
  if (meant !== undefined) return meant.map((one) => ({ ...one, path: [...path, ...one.path] }));
  const words = new Set(branches.flatMap((branch) => branch.map(({ message }) => message)));
  return [{ path, message: [...words].join(', or: ') || issue.message }];
}

/** zod keeps the mistakes of each kind of a union beside its own (`$ZodIssueInvalidUnion`). */
function kindsOf(issue: Issue): readonly (readonly Issue[])[] {
  return 'errors' in issue && Array.isArray(issue.errors) ? (issue.errors as Issue[][]) : [];
}
