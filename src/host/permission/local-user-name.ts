import { userInfo } from 'node:os';

/** The name of the user who runs this process; one without an entry in the system's list has a number only. */
export function localUserName(): string {
  try {
    return userInfo().username;
  } catch {
    // In containers, where any number may run (https://nodejs.org/api/os.html#osuserinfooptions).
    return String(process.getuid?.() ?? 'host');
  }
}
