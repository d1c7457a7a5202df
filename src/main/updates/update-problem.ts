/** A failure of looking for a newer version or of fetching it, as a person is told of it. */
export interface UpdateProblem {
  message: string;
  remedy: string;
}

const later = 'This version goes on working. It is tried again later.';

/** By the codes of electron-updater and the words of Chromium's network; the whole of it is in the log. Pure. */
export function updateProblem(error: unknown): UpdateProblem {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const text = error instanceof Error ? error.message : String(error);
  if (code === 'ERR_CHECKSUM_MISMATCH')
    return {
      message: 'What came is not what was announced, so it was thrown away.',
      remedy: 'Try again; if it happens again, tell whoever publishes GuildNet.',
    };
  if (code === 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND')
    return { message: 'The place for newer versions says nothing of this system.', remedy: later };
  if (code === 'ENOSPC') return { message: 'The disk is full.', remedy: 'Make room, and try again.' };
  if (/net::ERR_|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|ECONNRESET/.test(text))
    return { message: 'The place for newer versions cannot be reached.', remedy: later };
  return { message: 'Looking for a newer version failed.', remedy: `${later} The log says more.` };
}
