/** What is known about the Electron that a package is being made of. */
export interface PackagedElectron {
  /** The version in the unpacked runtime's own `version` file. */
  version: string;
  /** The version that package.json pins. */
  pinned: string;
  /** electron-builder's `electronDist`; unset, it fetches the official build and checks its hash. */
  electronDist: unknown;
}

/** Why a package may not be made of this Electron, or undefined when it is the official one. Only a download that was checked against Electron's hashes is shipped. */
export function refusal({ version, pinned, electronDist }: PackagedElectron): string | undefined {
  if (electronDist !== undefined && electronDist !== null && electronDist !== '') {
    return 'electronDist is set, so nothing checked this Electron against the official hashes.';
  }
  return version === pinned ? undefined : `this is Electron ${version}, but package.json pins ${pinned}.`;
}
