/** One header field of an answer: its name in lower case, and its value. Fields of one name keep their order. */
export type Field = readonly [name: string, value: string];

// RFC 9110, 5.5: a value may hold a tab, and bytes above 0x7f that mean nothing to us.
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for.
const control = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Whether text may stand in a header's value: nothing in it can end the line, or be taken for an end by somebody. */
export function isFieldValue(text: string): boolean {
  return !control.test(text);
}
