import type { Words } from '../words.ts';

export const tailnet: Words['tailnet'] = {
  title: 'Tailnet',
  lead: 'Ihr eigenes Netz aus Ihren eigenen Geräten: Darin sind dieselben Workspaces von jedem aus zu finden.',
  state: 'Zustand des Tailnets',
  notKnown: 'Das Tailnet ist nicht bekannt',
  waiting: 'Warten auf den Host …',
  phases: {
    off: {
      title: 'In keinem Tailnet',
      text: 'Nur dieser Rechner erreicht den Host. In einem Tailnet finden Ihre anderen Geräte dieselben Workspaces, und niemand außerhalb.',
    },
    starting: { title: 'Verbinden', text: 'Der Knoten startet und wartet auf den Kontrollserver.' },
    'needs-login': {
      title: 'Wartet auf eine Anmeldung',
      text: 'Der Kontrollserver will wissen, wessen Host das ist.',
    },
    running: { title: 'Verbunden', text: 'Geräte des Tailnets finden diesen Host.' },
    'logged-out': {
      title: 'Abgemeldet',
      text: 'Das bleibt so, auch nach einem Neustart, bis jemand ihn anmeldet.',
    },
    failed: { title: 'Der Knoten läuft nicht', text: 'Er wird von selbst wieder gestartet.' },
  },
  howToOn:
    'Melden Sie diesen Host unten an, oder lassen Sie ihn das Tailscale dieses Rechners benutzen. Neu gestartet werden muss nichts.',
  way: 'Auf welchem Weg',
  changeWay: 'Ändern',
  ways: { off: 'In keinem Tailnet', embedded: 'Ein eigener Knoten', system: 'Das Tailscale dieses Rechners' },
  wayTexts: {
    off: 'Nur dieser Rechner erreicht den Host. Das bleibt auch nach einem Neustart so, wenn die Konfiguration keinen anderen Weg nennt.',
    embedded:
      'Der Host ist ein eigenes Gerät im Tailnet, ohne root. Der Knoten wird beim ersten Mal gebaut, was Minuten dauert.',
    system:
      'Der Host ist unter dem Namen und der Adresse zu finden, die dieser Rechner in seinem Tailnet hat. An dessen Tailscale wird nichts geändert.',
  },
  facts: {
    server: 'Kontrollserver',
    name: 'Name',
    addresses: 'Adressen',
    login: 'Angemeldet als',
    tags: 'Tags',
    expires: 'Schlüssel läuft ab',
    authority: 'Zertifizierungsstelle (SHA-256)',
    certificate: 'Zertifikat',
    health: 'Sein Knoten sagt',
  },
  certificateOf: {
    tailnet: 'vom Tailnet besorgt, jedes Gerät vertraut ihm',
    own: 'von der Zertifizierungsstelle dieses Hosts',
  },
  certificateUntil: (whose, issuer, date) => `${issuer}, ${whose}; bis ${date}`,
  expiresIn: (date, span) => `${date}, in ${span}`,
  expired: (date) => `${date}: abgelaufen`,
  expiresSoon: 'Der Schlüssel dieses Hosts läuft bald ab. Dann findet ihn niemand mehr.',
  expiresSoonRemedy: 'Melden Sie ihn unten neu an, oder schalten Sie das Ablaufen in der Verwaltung des Tailnets ab.',
  reachable: 'Wo andere Geräte diesen Host finden',
  reachableAt: 'Andere Geräte finden ihn unter',
  code: 'QR-Code der Adresse dieses Hosts',
  firstVisit: 'Einem Gerät, das zum ersten Mal kommt, wird hier gesagt, wie es ihm vertraut:',
  loginAt: 'Öffnen Sie die Adresse, und melden Sie diesen Host dort an. Diese Seite geht dann von selbst weiter.',
  loginRemedy: 'Melden Sie ihn an einer Adresse an, oder mit einem anderen Schlüssel.',
  openLogin: 'Im Browser anmelden',
  loginTitle: 'Anmelden',
  again: 'Neu anmelden, oder an einem anderen Kontrollserver',
  againText: 'Geräte des Tailnets, das er verlässt, finden ihn nicht mehr.',
  key: 'Auth-Schlüssel',
  keyHint:
    'Ohne Schlüssel bekommen Sie eine Adresse, an der Sie sich selbst anmelden. Er wird dem Host einmal gesendet und hier nirgends aufbewahrt.',
  server: 'Kontrollserver',
  serverHint: 'Der von Tailscale, oder Ihr Headscale. Leer: der eingestellte.',
  noServer: 'Das ist keine Adresse. Etwa https://headscale.example.',
  login: 'Anmelden',
  logout: 'Abmelden',
  logoutTitle: 'Diesen Host von seinem Tailnet abmelden?',
  logoutText:
    'Andere Geräte finden ihn nicht mehr, und was sie offen haben, endet. Workspaces laufen weiter, und dieser Rechner benutzt sie weiter. Das bleibt so, bis jemand ihn anmeldet.',
  ofSystem:
    'Er ist im Tailnet dieses Rechners, über dessen eigenes Tailscale: An- und abgemeldet wird dort, mit „tailscale up“ und „tailscale logout“.',
  localOnly: 'An- und Abmelden ist Sache des Benutzers, auf dessen Rechner der Host läuft.',
  check: 'Verbindung',
  checkText: 'Misst, was zwischen diesem Host und anderen liegt: einige Sekunden.',
  measure: 'Messen',
  measuring: 'Es wird gemessen …',
  notMeasured: 'Nicht gemessen',
  udp: {
    yes: 'UDP kommt hinaus: Verbindungen sind direkt, wo es geht.',
    no: 'Kein UDP kommt hinaus: Alles geht über ein Relais, was langsamer ist. Eine Firewall muss UDP hinauslassen.',
  },
  hardNat: 'Dieses Netz gibt jeder Verbindung einen anderen Port (hartes NAT): Mehr geht über ein Relais.',
  ip: (versions) => `Es hat ${versions}.`,
  noIp: 'Es hat weder IPv4 noch IPv6.',
  relays: 'Relais',
  used: 'verwendet',
  milliseconds: (amount) => `${amount} ms`,
  noRelays: 'Kein Relais hat geantwortet.',
  peers: 'Geräte, die gekommen sind',
  noPeers: 'Niemand ist über das Tailnet gekommen, seit dieser Host gestartet wurde.',
  peersNotKnown: 'Wer gekommen ist, ist nicht bekannt',
  grants: (count) =>
    count === 0
      ? 'keine Berechtigung des Tailnets'
      : count === 1
        ? '1 Berechtigung des Tailnets'
        : `${String(count)} Berechtigungen des Tailnets`,
  unread: 'Eine Berechtigung ist nicht lesbar und zählt nicht',
};
