/** What stands around every page: the sidebar, the banners, the commands. */
export const frame = {
  skip: 'Skip to the page',
  main: 'Main',
  menu: 'Menu',
  sidebar: 'Sidebar',
  fold: 'Fold the sidebar',
  unfold: 'Unfold the sidebar',
  workspaces: 'Workspaces',
  launch: 'Launch',
  sharing: 'Sharing',
  active: 'Active',
  more: (count: string) => `… and ${count} more`,
  host: 'Host',
  tailnet: 'Tailnet',
  presets: 'Presets',
  settings: 'Settings',
  doctor: 'Doctor',
  activity: 'Activity',
  api: 'API',
  version: (version: string) => `Version ${version}`,
  signOut: 'Sign out',
  noSuchPage: 'No such page',
  showAll: 'Show all workspaces',
  connecting: 'Connecting to GuildNet…',
  dismiss: 'Dismiss',
  cancel: 'Cancel',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'The browser does not let it be copied: select it.',
  optional: 'optional',
  request: (id: string) => `request ${id}`,
  broken: "GuildNet's page has broken",
  keepRunning: 'Your workspaces keep running.',
  reload: 'Reload',
};

export const banners = {
  connection: 'Connection',
  notSignedIn: 'You are not signed in',
  outOfReach: 'GuildNet is out of reach',
  nextAttempt: (seconds: string) => `Next attempt in ${seconds} s`,
  connecting: 'Connecting…',
  tryNow: 'Try now',
  access: 'Access',
  notChecked: 'Access is not checked.',
  anybody:
    'Every user and program of this computer may open, change and delete all workspaces. Start the host without LOCAL_AUTH=off to change that.',
};

export const said = {
  lost: (why: string) => `The connection to GuildNet is lost. ${why}`,
  again: 'Connected to GuildNet again.',
  deleted: (name: string) => `${name} is deleted.`,
  pending: (name: string) => `${name} is pending.`,
  starting: (name: string) => `${name} is starting.`,
  running: (name: string) => `${name} is running.`,
  stopped: (name: string) => `${name} is stopped.`,
  terminating: (name: string) => `${name} is being deleted.`,
  failed: (name: string, why: string) => `${name} failed. ${why}`.trim(),
  clusterNone: 'No cluster is configured.',
  clusterBuilding: 'The local cluster is being prepared.',
  clusterOnline: 'The cluster is online.',
  clusterOffline: 'The cluster does not answer.',
  clusterRefused: 'The cluster refused the connection.',
};

export const palette = {
  title: 'Commands',
  command: 'Command',
  placeholder: 'Open, launch, stop, go to…',
  nothing: 'Nothing is called that.',
  groups: { workspace: 'Workspace', launch: 'Launch', page: 'Page', ide: 'IDE' },
  launchAny: 'Launch any image',
  find: 'Find in the IDE',
  reload: 'Reload the IDE',
  downloads: 'Choose the folder for downloads',
  launch: (label: string) => `Launch ${label}`,
  open: (name: string) => `Open ${name}`,
  logs: (name: string) => `Logs of ${name}`,
  terminal: (name: string) => `Terminal of ${name}`,
  ports: (name: string) => `Ports of ${name}`,
  events: (name: string) => `Events of ${name}`,
  share: (name: string) => `Share ${name}`,
  yaml: (name: string) => `YAML of ${name}`,
  start: (name: string) => `Start ${name}`,
  stop: (name: string) => `Stop ${name}`,
  restart: (name: string) => `Restart ${name}`,
};

export const time = {
  seconds: (count: number) => `${String(count)} s`,
  minutes: (count: number) => `${String(count)} min`,
  hours: (count: number) => `${String(count)} h`,
  days: (count: number) => `${String(count)} d`,
  ago: (span: string) => `${span} ago`,
  justNow: 'just now',
  justStarted: 'just started',
  up: (span: string) => `up ${span}`,
  for: (span: string) => `for ${span}`,
};

export const languages = {
  label: 'Language of the pages',
  system: 'As the system has it',
  about: 'What the host, the cluster and programs say stays in their own words.',
};

/** Starting at login. */
export const startup = {
  title: 'Start',
  atLogin: 'Start GuildNet when I log in',
  hidden: 'Without its window, in the tray',
  noTray: 'This desktop shows no tray, so the window opens all the same.',
  notKnown: 'What starts at login is not known',
  notChanged: 'Not changed',
};

/** Newer versions of the app. */
export const updates = {
  title: 'Newer versions',
  looks: 'Look for newer versions of GuildNet',
  lookNow: 'Look now',
  looking: 'Looking…',
  current: 'This is the newest version.',
  offered: (version: string) => `Version ${version} is there.`,
  download: (version: string) => `Download ${version}`,
  downloading: (version: string, percent: string) => `Downloading ${version}: ${percent} %`,
  ready: (version: string) => `Version ${version} is downloaded and takes this one’s place when GuildNet ends.`,
  notApplied: (version: string) => `Version ${version} is downloaded, but not put in place as long as this is off.`,
  byHand: 'It is not put in place by itself.',
  there: (version: string) => `${version} is there`,
};
