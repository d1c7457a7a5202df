import type { StartupChoice } from '#contract/desktop.ts';

/** What the system starts when the person logs in, as far as it is this app. */
export interface LoginItem {
  read(): StartupChoice;
  /** Throws what the system says when it refuses. */
  write(choice: StartupChoice): void;
}
