import { longest, textOf } from '../bounded.ts';

/** A rule in CEL that the API server holds; on updates `oldSelf` is what was there (a transition rule). */
interface Rule {
  rule: string;
  message: string;
}
/** Rules that JSON Schema cannot say, for `.meta()`. */
export const rules = (...all: Rule[]): { 'x-kubernetes-validations': Rule[] } => ({ 'x-kubernetes-validations': all });
/** Exactly one of these fields is set. */
export const oneOf = (fields: readonly string[], message: string): Rule => ({
  rule: `[${fields.map((field) => `has(self.${field})`).join(', ')}].exists_one(set, set)`,
  message,
});

/** What Kubernetes lets most objects be called. */
export const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
export const objectName = textOf(longest.name).min(1).regex(dnsSubdomain);
/** The length is what lets the API server estimate what rules over quantities cost. */
export const quantity = textOf(32).regex(/^([0-9]+|[0-9]*\.[0-9]+)(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei)?$/);
/** Go's duration without a sign; the lengths keep it below what 64 bits of nanoseconds hold, where CEL gives up. */
export const duration = textOf(12).regex(/^([0-9]{1,6}(\.[0-9]+)?(ms|s|m|h))+$/);
/** For durations of which zero makes no sense. */
export const positive = (what: string): Rule => ({
  rule: "duration(self) > duration('0s')",
  message: `${what} is a time longer than zero, such as 30m or 8h`,
});

/** Whether no two are the same; what is not given is not counted. For lists that an API server without our rules let pass. */
export function allDifferent(values: readonly (string | number | undefined)[]): boolean {
  const given = values.filter((value) => value !== undefined);
  return new Set(given).size === given.length;
}
