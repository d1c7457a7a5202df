/** What is known about the Electron that a package is being made of. */
export interface PackagedElectron {
  /** The version in the unpacked runtime's own `version` file. */
  version: string;
  /** The version that package.json pins. */
  pinned: string;
  /** electron-builder's `electronDist`; unset, it fetches the official build and checks its hash. */
  electronDist: unknown;
  /** Whether the package says of itself that it is for tests: `testRuntime` in the package.json inside it. */
  testRuntime: boolean;
}

/**
 * Why a package may not be made of this Electron, or undefined when it may. Only a download that was checked against Electron's
 * hashes is shipped; a package for tests is made of what it is told, and bears the mark.
 */
export function refusal({ version, pinned, electronDist, testRuntime }: PackagedElectron): string | undefined {
  const given = electronDist !== undefined && electronDist !== null && electronDist !== '';
  if (testRuntime) return given ? undefined : 'it is marked as one for tests, but made of the official Electron.';
  if (given) return 'electronDist is set, so nothing checked this Electron against the official hashes.';
  return version === pinned ? undefined : `this is Electron ${version}, but package.json pins ${pinned}.`;
}
