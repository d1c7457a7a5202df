/** Which entries of a record are new or have another identity, and which are gone. */
export function changedKeys<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): { set: string[]; gone: string[] } {
  return {
    set: Object.keys(after).filter((key) => before[key] !== after[key]),
    gone: Object.keys(before).filter((key) => !Object.hasOwn(after, key)),
  };
}
