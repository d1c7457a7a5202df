import { builtinModules } from 'node:module';

/** Each room below src/ and the rooms it may import; the table of AGENTS.md. */
const mayImport = {
  contract: [],
  host: ['contract'],
  'local-cluster': ['contract'],
  cli: ['contract', 'host', 'local-cluster'],
  main: ['contract', 'host', 'local-cluster'],
  preload: ['contract'],
  renderer: ['contract'],
} as const satisfies Record<string, readonly string[]>;
type Room = keyof typeof mayImport;

export const rooms = Object.keys(mayImport) as Room[];
const withoutNode: readonly string[] = ['contract', 'renderer'];
const withElectron: readonly string[] = ['main', 'preload'];

/**
 * What is wrong with an import, or undefined when it keeps the layers. `file` is relative to the repository, with
 * slashes (`src/host/kube/apply.ts`). Tests may also reach for the
 * tests' tools (`#test/`), the local cluster that they run on, and Node.
 */
export function layerViolation(file: string, specifier: string): string | undefined {
  const room = file.split('/')[1] ?? '';
  if (!isRoom(room)) return `"${room}" is no room; the table in AGENTS.md has ${rooms.join(', ')}`;
  const test = /\.test\.tsx?$/.test(file);
  if (specifier.startsWith('.')) {
    const target = new URL(specifier, `file:///${file}`).pathname;
    return target.startsWith(`/src/${room}/`) ? undefined : `a relative import leaves the room ${room}`;
  }
  if (specifier.startsWith('#')) {
    const target = specifier.slice(1).split('/')[0] ?? '';
    if (target === room) return `inside the room ${room} imports are relative`;
    if (test && (target === 'test' || target === 'local-cluster')) return undefined;
    const allowed: readonly string[] = mayImport[room];
    return allowed.includes(target) ? undefined : `${room} may not import ${target}`;
  }
  if (isPackage(specifier, 'electron') && !withElectron.includes(room)) return `${room} may not import electron`;
  if (isNode(specifier) && withoutNode.includes(room) && !test) return `${room} may not import Node's modules`;
  return undefined;
}

function isRoom(name: string): name is Room {
  return Object.hasOwn(mayImport, name);
}

function isPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

function isNode(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}
