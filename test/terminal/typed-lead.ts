/**
 * For tests: what is typed before a line. Busybox' shell asks the terminal where the cursor is before each line, and throws away up to
 * ten bytes that it reads together with the answer (lineedit's read_key): they are spaces.
 */
export const typedLead = ' '.repeat(12);
