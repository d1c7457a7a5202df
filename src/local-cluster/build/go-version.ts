/** `1.26.6` of a go.mod's `go` line; nothing when it has none. */
export function requiredGoVersion(goMod: string): string | undefined {
  return /^go\s+(\d+(?:\.\d+){0,2})\s*$/m.exec(goMod)?.[1];
}

/** Orders dotted versions by their numbers: negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The entry whose go.mod asks for the newest Go: the toolchain that serves it serves all. */
export function mostDemanding<T extends { goMod: string }>(modules: readonly T[]): T | undefined {
  let found: { module: T; version: string } | undefined;
  for (const module of modules) {
    const version = requiredGoVersion(module.goMod);
    if (version === undefined) continue;
    if (found === undefined || compareVersions(version, found.version) > 0) found = { module, version };
  }
  return found?.module;
}
