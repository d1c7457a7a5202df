/**
 * The JSON text of lists whose items are replaced by new ones and never changed: the text of each is made once. A list of
 * thousands is asked for again and again, and hardly anything in it is another one by then.
 */
export function createListText(): (items: readonly object[]) => string {
  const texts = new WeakMap<object, string>();
  const textOf = (item: object): string => {
    const known = texts.get(item);
    if (known !== undefined) return known;
    const text = JSON.stringify(item);
    texts.set(item, text);
    return text;
  };
  return (items) => `[${items.map(textOf).join(',')}]`;
}
