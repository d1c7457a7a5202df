/** What matters here of an entry of package-lock.json. */
export interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
  [field: string]: unknown;
}
export type LockPackages = Record<string, LockEntry>;

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** The platform that a native package's name tells, such as `@rolldown/binding-linux-x64-musl`; undefined when it tells none. */
export function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> | undefined {
  const words = name.split(/[/-]/);
  const cpu = processors.find((processor) => words.includes(processor));
  const os = systems.find((system) => words.includes(system));
  if (cpu === undefined || (os === undefined && cpu !== 'wasm32')) return undefined;
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return { cpu: [cpu], ...(os === undefined ? {} : { os: [os] }), ...(libc === undefined ? {} : { libc: [libc] }) };
}

/** Optional packages that the lockfile's packages ask for and that have no entry, as name and wanted version. */
export function missingOptional(packages: LockPackages): { name: string; version: string; dev: boolean }[] {
  const missing = new Map<string, { name: string; version: string; dev: boolean }>();
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!foldersAbove(path).some((folder) => packages[`${folder}node_modules/${name}`] !== undefined)) {
        missing.set(name, { name, version, dev: entry.dev === true });
      }
    }
  }
  return [...missing.values()];
}

/** Where Node looks for the packages of a package: its own folder, then each folder above it, as prefixes. */
function foldersAbove(path: string): string[] {
  const parts = path === '' ? [] : path.split('/node_modules/');
  return ['', ...parts.map((_, index) => `${parts.slice(0, index + 1).join('/node_modules/')}/`)];
}

/**
 * Adds the entries that npm leaves out of a lockfile, for other platforms, when the registry it asked has no such
 * package: `npm ci` refuses a lockfile without them on every platform. An entry without a hash is enough for
 * that, since it is installed nowhere but on its own platform.
 * @throws Error when a missing package does not say by its name and exact version what to write.
 */
export function completed(packages: LockPackages): LockPackages {
  const added = missingOptional(packages).map(({ name, version, dev }): [string, LockEntry] => {
    const platform = platformOf(name);
    if (platform === undefined || !/^\d+\.\d+\.\d+\S*$/.test(version)) {
      throw new Error(
        `${name}@${version} is missing from package-lock.json, and its name does not say for which platform it is.`,
      );
    }
    const { cpu = [], libc, os } = platform;
    const fields = { cpu, ...(dev ? { dev } : {}), ...(libc ? { libc } : {}), optional: true, ...(os ? { os } : {}) };
    return [`node_modules/${name}`, { version, ...fields }];
  });
  return Object.fromEntries([...Object.entries(packages), ...added].toSorted(([a], [b]) => a.localeCompare(b, 'en')));
}
