/** What stands around an IDE: its view, downloads, trust in its address, and what somebody may not do. */
export const view = {
  ideOf: (name: string) => `IDE of ${name}`,
  more: 'More of the IDE',
  moreHint: 'Zoom, find, print, developer tools',
  signInAt: 'The workspace asks you to sign in at',
  checkWhom: 'Check that this is whom you trust with your password.',
  back: 'Back to the workspace',
  notLoaded: 'The IDE did not load.',
  reloadIt: 'Reload it.',
  hung: 'The page of the workspace does not answer.',
  hungRemedy: 'Wait for it, or reload it; what it has not saved is lost then.',
};

/** The open workspaces, side by side and in windows of their own. */
export const tabs = {
  title: 'Open workspaces',
  hint: 'Middle button or Delete closes it; Ctrl+Shift with an arrow moves it',
  next: 'Next tab',
  previous: 'Previous tab',
  close: 'Close tab',
  reopen: 'Reopen the closed tab',
  moveLeft: 'Move the tab to the left',
  moveRight: 'Move the tab to the right',
  splitRight: 'Split: two beside each other',
  splitBelow: 'Split: one below the other',
  endSplit: 'End the split',
  besideOf: (name: string) => `Show ${name} beside this one`,
  belowOf: (name: string) => `Show ${name} below this one`,
  line: 'Line between the two',
  popOut: 'Open in a window of its own',
  popIn: 'Back into this window',
  browserWindow: 'Open in a new browser window',
  showWindow: 'Show the window',
  elsewhere: 'This workspace has a window of its own.',
  marks: {
    starting: 'starting',
    reconnecting: 'reconnecting',
    stopped: 'stopped',
    failed: 'failed',
    ending: 'being deleted',
    hung: 'does not answer',
    resting: 'not loaded; opens where it was',
    window: 'in a window of its own',
  },
};

/** What IDEs take of the machine's memory. */
export const memory = {
  title: 'Memory for IDEs that nobody looks at',
  automatic: (size: string) => `By how much there is (${size})`,
  none: 'None: only what is seen stays loaded',
  about:
    'Beyond it those are let go that were not looked at for longest. They open again where they were; what a program has not saved it keeps, or it asks to stay.',
  now: 'What open IDEs take now',
};

/** Who may read the clipboard. */
export const clipboard = {
  title: 'Reading the clipboard',
  may: 'may read it',
  mayNot: 'may not',
  askAgain: 'Ask again',
  askAgainOf: (name: string) => `Ask again for ${name}`,
};

/** Who may show notifications of the system. */
export const notifications = {
  title: 'Notifications',
  may: 'may show them',
  mayNot: 'may not',
  askAgain: 'Ask again',
  askAgainOf: (name: string) => `Ask again for ${name}: notifications`,
};

export const downloads = {
  title: 'Downloads',
  choose: 'Choose folder',
  close: 'Close downloads',
  closeHint: 'Close; files stay in the folder',
  nameOf: (name: string, workspace: string) => `${name}, of ${workspace}`,
  cancelled: 'Cancelled',
  of: (name: string) => `Download of ${name}`,
  cancelNamed: (name: string) => `Cancel the download of ${name}`,
  show: 'Show',
  showNamed: (name: string) => `Show ${name} in its folder`,
  progress: (received: string, total: string) => `${received} of ${total}`,
};

export const trust = {
  silent: "Nothing comes from this workspace's address: this browser does not seem to trust its certificate.",
  remedy: (steps: string) =>
    `Import the authority of this host once, and reload: ${steps} On the host's own computer "guildnet cert trust" does it.`,
  steps: {
    ios: 'Open the file, and install the profile under Settings, General, VPN & Device Management. Switch it on under Settings, General, About, Certificate Trust Settings.',
    android:
      'Open Settings, Security, Encryption & credentials, Install a certificate, CA certificate, and choose the file.',
    firefox:
      'Open Settings, Privacy & Security, Certificates, View Certificates, Authorities, Import, and choose the file. Tick "Trust this CA to identify websites".',
    mac: 'Open the file, which Keychain Access takes, and set it to "Always Trust" for SSL.',
    windows: 'Open the file, Install Certificate, Current User, and choose "Trusted Root Certification Authorities".',
    chromium:
      'Open chrome://certificate-manager, Custom, Trusted Certificates (before: Manage certificates, Authorities), Import, and choose the file.',
  },
};

export const permission = {
  youMayNot: (what: string) => `You may not ${what}.`,
  or: ', or ',
  things: {
    open: 'open it or read its log',
    page: 'open its page',
    terminal: 'use a terminal',
    stop: 'stop or change it',
    delete: 'delete it',
  },
  onlyLocal: 'This is for the user of the computer that the host runs on.',
  askWhom: 'Ask whoever runs this host, or who has its policy.',
  notOpened: 'It runs, and you may not open it',
  nothingToSee: 'There is no workspace that you may see.',
  noLaunch: 'Launching is not for you',
  notForYou: (what: string) => `${what}: not for you`,
};

/** When something failed between this page and its host. */
export const failure = {
  noDesktop: 'The desktop application does not answer this window.',
  noHost: 'The host at this address does not answer.',
  broke: 'The connection to the host broke before it answered.',
  ended: 'The host ended the connection.',
  lost: 'The connection to the host broke.',
  inPage: (message: string) => `Something failed inside this page: ${message}`,
  reloadPage: 'Reload the page.',
  checkHost: 'Check that GuildNet is running there; this page connects again by itself.',
};
