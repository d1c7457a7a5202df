import type { TailnetState } from '#contract/tailnet.ts';

const phases: Record<TailnetState['phase'], { title: string; text: string }> = {
  off: {
    title: 'On no tailnet',
    text: 'Only this computer reaches the host. On a tailnet your other devices find the same workspaces, and nobody outside of it does.',
  },
  starting: { title: 'Connecting', text: 'The node starts, and waits for the control server.' },
  'needs-login': { title: 'Waiting for a login', text: 'The control server wants to know whose host this is.' },
  running: { title: 'Connected', text: 'Devices of the tailnet find this host.' },
  'logged-out': { title: 'Logged out', text: 'It stays so, also after a restart, until somebody logs it in.' },
  failed: { title: 'The node does not run', text: 'It is started again by itself.' },
};

/** How the host stands to its tailnet, and what brings it there. */
export const tailnet = {
  title: 'Tailnet',
  lead: 'Your own network of your own devices: on it the same workspaces are found from any of them.',
  state: 'State of the tailnet',
  notKnown: 'The tailnet is not known',
  waiting: 'Waiting for the host…',
  phases,
  howToOn: 'Log this host in below, or have it use the Tailscale of this computer. Nothing has to be started again.',
  way: 'By which way',
  changeWay: 'Change',
  ways: { off: 'On no tailnet', embedded: 'A node of its own', system: 'The Tailscale of this computer' },
  wayTexts: {
    off: 'Nobody but this computer reaches the host. It stays so at the next starts, unless its configuration says another way.',
    embedded:
      'The host is a device of its own on the tailnet, without root. The node is built the first time, which takes minutes.',
    system:
      'The host is found under the name and address that this computer has on its tailnet. Nothing of its Tailscale is changed.',
  },
  facts: {
    server: 'Control server',
    name: 'Name',
    addresses: 'Addresses',
    login: 'Logged in as',
    tags: 'Tags',
    expires: 'Key expires',
    authority: 'Authority (SHA-256)',
    certificate: 'Certificate',
    health: 'Its node says',
  },
  certificateOf: {
    tailnet: 'had issued by the tailnet, which every device trusts',
    own: 'of this host’s own authority',
  },
  certificateUntil: (whose: string, issuer: string, date: string) => `${issuer}, ${whose}; until ${date}`,
  expiresIn: (date: string, span: string) => `${date}, in ${span}`,
  expired: (date: string) => `${date}: it is over`,
  expiresSoon: 'The key of this host expires soon. Then nobody finds it any more.',
  expiresSoonRemedy: 'Log it in again below, or switch the expiry off in the administration of the tailnet.',
  reachable: 'Where other devices find this host',
  reachableAt: 'Other devices find it at',
  code: 'QR code of the address of this host',
  firstVisit: 'A device that comes for the first time is told here how to trust it:',
  loginAt: 'Open the address, and log this host in there. This page then goes on by itself.',
  loginRemedy: 'Log in at an address, or with another key.',
  openLogin: 'Log in in the browser',
  loginTitle: 'Log in',
  again: 'Log in anew, or to another control server',
  againText: 'Devices of the tailnet that it leaves do not find it any more.',
  key: 'Auth key',
  keyHint:
    'Without one you get an address at which you log in yourself. It is sent to the host once, and kept nowhere here.',
  server: 'Control server',
  serverHint: "Tailscale's own, or your Headscale. Empty: the one that is set.",
  noServer: 'That is no address. Such as https://headscale.example.',
  login: 'Log in',
  logout: 'Log out',
  logoutTitle: 'Log this host out of its tailnet?',
  logoutText:
    'Other devices do not find it any more, and what they have open ends. Workspaces go on running, and this computer goes on using them. It stays so until somebody logs it in.',
  ofSystem:
    'It is on the tailnet of this computer, by its own Tailscale: log in and out there, by "tailscale up" and "tailscale logout".',
  localOnly: 'Logging in and out is for the user of the computer that the host runs on.',
  check: 'Connection',
  checkText: 'Measures what lies between this host and others: a few seconds.',
  measure: 'Measure',
  measuring: 'Measuring…',
  notMeasured: 'Not measured',
  udp: {
    yes: 'UDP gets out: connections are direct where they can be.',
    no: 'No UDP gets out: everything goes by a relay, which is slower. A firewall has to let UDP out.',
  },
  hardNat: 'This network gives each connection another port (a hard NAT): more goes by a relay.',
  ip: (versions: string) => `It has ${versions}.`,
  noIp: 'It has neither IPv4 nor IPv6.',
  relays: 'Relays',
  used: 'used',
  milliseconds: (amount: string) => `${amount} ms`,
  noRelays: 'No relay has answered.',
  peers: 'Devices that have come',
  noPeers: 'Nobody has come by the tailnet since this host was started.',
  peersNotKnown: 'Who has come is not known',
  grants: (count: number) =>
    count === 0
      ? 'no grant of the tailnet'
      : count === 1
        ? '1 grant of the tailnet'
        : `${String(count)} grants of the tailnet`,
  unread: 'A grant cannot be read, and counts for nothing',
};
