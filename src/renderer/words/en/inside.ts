/** What is seen of the inside of a workspace: its terminals, log, ports, events and its text. */
export const terminal = {
  title: 'Terminal',
  tabs: 'Terminals',
  add: 'New terminal',
  endHint: 'End the shell and what runs in it',
  end: (name: string) => `End ${name}`,
  ended: 'The shell has ended.',
  endedWith: (code: string) => `The shell has ended with ${code}.`,
  broke: 'The connection broke. It is tried again; the shell lives on meanwhile.',
  another: 'Open another',
  search: 'Search the terminal',
  keys: 'Keys',
  keyNames: {
    Escape: 'Escape',
    Tab: 'Tab',
    Up: 'Up',
    Down: 'Down',
    Left: 'Left',
    Right: 'Right',
    Pipe: 'Pipe',
    Slash: 'Slash',
    Dash: 'Dash',
    Tilde: 'Tilde',
  },
};

/** Looking for a text, in a terminal, a log or a view. */
export const search = {
  hint: 'Search',
  notFound: 'Not found',
  previous: 'Previous',
  next: 'Next',
  close: 'Close the search',
  inIde: 'Find in the IDE',
  text: 'Text to find',
  of: (active: string, total: string) => `${active} of ${total}`,
};

export const logs = {
  title: 'Log',
  levels: {
    '': 'All levels',
    debug: 'Debug and above',
    info: 'Info and above',
    warn: 'Warnings and errors',
    error: 'Errors',
  },
  follow: 'Follow',
  pause: 'Pause',
  level: 'Level',
  container: 'Container',
  search: 'Search the log',
  searchHint: 'Search  ( / )',
  previousHint: 'Begin with what the program printed before its last restart',
  previous: 'Before the restart',
  wrap: 'Wrap',
  copy: 'Copy',
  copied: 'Copied',
  nothingLikeThat: 'No line has these words.',
  nothing: 'Nothing has been printed that would be shown here.',
  toNewest: 'To the newest line',
};

export const portList = {
  title: 'Ports',
  about: 'Those that are declared, and the others of the customary ones at which something listens.',
  notKnown: 'not known whether anything listens',
  open: 'open',
  closed: 'nothing listens',
  notDeclared: 'not declared',
  openPort: (port: string) => `Open ${port}`,
  forwardPort: (port: string) => `Forward ${port}`,
  forwards: 'Forwards',
  forwardsTitle: 'On the machine where GuildNet runs',
  forwardsAbout: 'For programs that are no browsers. Every user of that machine can connect to such a port.',
  port: 'Port of the workspace',
  anyFree: 'at any free port',
  forward: 'Forward',
  to: (port: string) => `to ${port}`,
  connections: (count: number) => (count === 1 ? '1 connection' : `${String(count)} connections`),
  refused: (count: number) => `${String(count)} refused`,
  stop: 'Stop',
  stopNamed: (address: string) => `Stop ${address}`,
  exposed: 'Other machines can connect to it.',
};

export const events = {
  title: 'Events',
  nothing: 'The cluster tells nothing of it. It forgets what it has told after an hour.',
  warning: 'Warning:',
  times: (count: string) => `${count} times`,
};

export const yaml = {
  label: (name: string) => `YAML of ${name}`,
  reading: 'Reading…',
  fields: 'Fields',
  fieldsOf: (where: string) => `Fields of ${where}`,
  notSaved: 'Not saved',
  mayNot: (why: string) => `You may not change it. ${why}`,
  reloadHint: 'Read it anew; what you have changed here is lost',
  reload: 'Reload',
  discard: 'Discard',
  save: 'Save',
  changed: 'Changed, not saved',
  hidden: (names: string) => `Variables that are not shown, and stay: ${names}`,
  needsRestart: (fields: string) => `It runs, and only another pod can have this: ${fields}.`,
  nextStart: 'From the next start on',
  restartNow: 'Restart now',
  changedByBoth: (fields: string) => `Somebody else has changed ${fields} meanwhile.`,
  takeTheirs: 'Take theirs',
  writeMine: 'Write mine',
  wasSo: 'It was so already',
  saved: (fields: string) => `Saved: ${fields}`,
  savedRestarts: (fields: string) => `Saved: ${fields}. It restarts`,
  savedForNext: (fields: string, restarts: string) => `Saved: ${fields}. From the next start on: ${restarts}`,
};

/** Asking again, on every page of a workspace. */
export const asking = { looking: 'Looking…', tryAgain: 'Try again', tryNow: 'Try now' };
