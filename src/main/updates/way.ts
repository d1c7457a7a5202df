/** What is known of how this app came onto the machine. */
export interface Installed {
  platform: NodeJS.Platform;
  /** The file of the AppImage that runs, as its runtime says (`APPIMAGE`). */
  appImage: string | undefined;
  /** Whether this person may replace what the app is made of. */
  isWritable: boolean;
}

/** Whether the app puts a newer version in its own place, or why a person has to. */
export type Way = { isOwn: true } | { isOwn: false; reason: string };

/** Pure. A deb is the system's to replace, which takes an administrator; an archive was unpacked by somebody who knows where. */
export function wayOf({ platform, appImage, isWritable }: Installed): Way {
  if (platform === 'linux' && appImage === undefined)
    return {
      isOwn: false,
      reason: 'It was installed as a package or unpacked by hand, and is replaced in the same way.',
    };
  if (!isWritable) return { isOwn: false, reason: 'It lies where you may not write.' };
  return { isOwn: true };
}
