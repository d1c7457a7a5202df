import { parseSync } from 'vite';

/**
 * What a TypeScript file imports, in any form: static, re-export, dynamic, type. A dynamic import of something that is
 * no plain string comes out as its source text, since nobody can say what it leads to.
 */
export function importsOf(file: string, source: string): string[] {
  const { module, errors } = parseSync(file, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file} does not parse: ${error.message}`);
  const imports = module.staticImports.map((each) => each.moduleRequest.value);
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
  );
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => {
    const text = source.slice(start, end);
    return /^(['"`])(?<name>[^'"`$]*)\1$/.exec(text)?.groups?.['name'] ?? text;
  });
  return [...new Set([...imports, ...exports, ...dynamic])];
}
