/** So many requests at once; a browser has six connections to a host, and the page needs some of them. */
const atOnce = 3;

/** Asks the same of many, a few at a time, and returns which were accepted, in their order. `ask` does not reject. */
export async function askAll<T>(all: readonly T[], ask: (one: T) => Promise<boolean>): Promise<boolean[]> {
  const accepted: boolean[] = [];
  const left = [...all.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) accepted[next[0]] = await ask(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return accepted;
}
