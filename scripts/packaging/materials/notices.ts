import { ordered, type Component } from './component.ts';

const line = '─'.repeat(80);

/**
 * The licences of everything of other people's in a package, as one text: a list of what there is, then each text once, with those
 * that it belongs to. The same for the same components, in whatever order.
 */
export function noticesOf(product: { name: string; version: string }, components: readonly Component[]): string {
  const all = ordered(components);
  const titleOf = ({ name, version, licence }: Component): string => `${name} ${version} (${licence})`;
  const owners = new Map<string, Component[]>();
  for (const component of all)
    for (const text of component.texts) owners.set(text, [...(owners.get(text) ?? []), component]);
  const texts = [...owners].map(([text, whose]) => `${line}\n${whose.map(titleOf).join('\n')}\n${line}\n\n${text}`);
  return [
    `${product.name} ${product.version} contains the following of other people's.\n`,
    ...all.map(
      (component) => `  ${titleOf(component)}${component.texts.length === 0 ? ', without a text of its own' : ''}`,
    ),
    '',
    ...texts,
    '',
  ].join('\n');
}
