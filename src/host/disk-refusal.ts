import { GuildNetError } from '#contract/errors.ts';

/** Of the disk itself, wherever something was written (errno(3)): what is wrong, and what to do. */
const ofTheDisk: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ['the disk is full', 'Make room on it, then try again.'],
  EDQUOT: ['what this account may keep on the disk is used up', 'Make room, then try again.'],
  EIO: [
    'the disk does not answer as it should',
    'Look at the system’s log; GUILDNET_HOME chooses a folder on another disk.',
  ],
};
/** Of one place: these say something of our folder only when it is what was asked for. */
const ofThePlace: Readonly<Record<string, readonly [string, string]>> = {
  EROFS: ['it can only be read there', 'Choose a folder that can be written with GUILDNET_HOME.'],
  EACCES: ['this account may not', 'Give the folder to this account, or choose another one with GUILDNET_HOME.'],
  EPERM: ['this account may not', 'Give the folder to this account, or choose another one with GUILDNET_HOME.'],
};

/** What to tell when the host cannot keep its files in `home`; undefined where the error is about something else. Pure. */
export function diskRefusal(error: unknown, home: string): GuildNetError | undefined {
  // What says which file of ours it was has the right words for a right that is missing, and not for a disk without room.
  const known = error instanceof GuildNetError;
  const failed = known ? error.cause : error;
  if (!(failed instanceof Error) || !('code' in failed) || typeof failed.code !== 'string') return undefined;
  const isOurs = !known && 'path' in failed && typeof failed.path === 'string' && failed.path.startsWith(home);
  const [why, remedy] = ofTheDisk[failed.code] ?? (isOurs ? (ofThePlace[failed.code] ?? []) : []);
  if (why === undefined || remedy === undefined) return undefined;
  return new GuildNetError('internal', `GuildNet cannot write into its folder ${home}: ${why}.`, {
    remedy,
    cause: error,
  });
}

/** What to tell when something that was asked for could not be kept, for want of a disk that takes it; undefined where the error is about something else. Pure. */
export function unkept(error: unknown): GuildNetError | undefined {
  // A system that has no watchers left says ENOSPC as well.
  if (!(error instanceof Error) || !('code' in error) || ('syscall' in error && error.syscall === 'watch'))
    return undefined;
  const [why, remedy] = ofTheDisk[String(error.code)] ?? [];
  if (why === undefined || remedy === undefined) return undefined;
  return new GuildNetError('internal', `It could not be kept: ${why}.`, { remedy, cause: error });
}
