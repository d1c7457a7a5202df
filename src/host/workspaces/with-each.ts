/** As many deletions at a time: a cluster with thousands of workspaces is not flooded by one request. */
const atATime = 8;

/** Does the same with each of these ids, a few at a time, until one fails: those that were done, and that failure. Does not reject. */
export async function withEach(
  ids: readonly string[],
  work: (id: string) => Promise<unknown>,
): Promise<{ done: string[]; failure?: Error }> {
  const left = [...ids].toReversed();
  const done: string[] = [];
  const failures: Error[] = [];
  const worker = async (): Promise<void> => {
    for (let id = left.pop(); id !== undefined && failures.length === 0; id = left.pop()) {
      try {
        await work(id);
        done.push(id);
      } catch (error) {
        failures.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  const [failure] = failures;
  return { done, ...(failure === undefined ? {} : { failure }) };
}
