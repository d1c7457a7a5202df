import type { Words } from '../words.ts';

export const frame: Words['frame'] = {
  skip: 'Zum Inhalt springen',
  main: 'Hauptnavigation',
  menu: 'Menü',
  sidebar: 'Seitenleiste',
  fold: 'Seitenleiste einklappen',
  unfold: 'Seitenleiste ausklappen',
  workspaces: 'Workspaces',
  launch: 'Starten',
  sharing: 'Freigaben',
  active: 'Aktiv',
  more: (count) => `… und ${count} weitere`,
  host: 'Host',
  tailnet: 'Tailnet',
  presets: 'Vorlagen',
  settings: 'Einstellungen',
  doctor: 'Diagnose',
  activity: 'Aktivität',
  api: 'API',
  version: (version) => `Version ${version}`,
  signOut: 'Abmelden',
  noSuchPage: 'Diese Seite gibt es nicht',
  showAll: 'Alle Workspaces zeigen',
  connecting: 'Verbindung zu GuildNet wird aufgebaut …',
  dismiss: 'Ausblenden',
  cancel: 'Abbrechen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  notCopied: 'Der Browser lässt das Kopieren nicht zu: Markieren Sie den Text.',
  optional: 'optional',
  request: (id) => `Anfrage ${id}`,
  broken: 'Diese Seite von GuildNet ist abgestürzt',
  keepRunning: 'Ihre Workspaces laufen weiter.',
  reload: 'Neu laden',
};

export const banners: Words['banners'] = {
  connection: 'Verbindung',
  notSignedIn: 'Sie sind nicht angemeldet',
  outOfReach: 'GuildNet ist nicht erreichbar',
  nextAttempt: (seconds) => `Nächster Versuch in ${seconds} s`,
  connecting: 'Verbindung wird aufgebaut …',
  tryNow: 'Jetzt versuchen',
  access: 'Zugang',
  notChecked: 'Der Zugang wird nicht geprüft.',
  anybody:
    'Alle Benutzer und Programme dieses Rechners dürfen alle Workspaces öffnen, ändern und löschen. Starten Sie den Host ohne LOCAL_AUTH=off, um das zu ändern.',
};

export const said: Words['said'] = {
  lost: (why) => `Die Verbindung zu GuildNet ist unterbrochen. ${why}`,
  again: 'Wieder mit GuildNet verbunden.',
  deleted: (name) => `${name} ist gelöscht.`,
  pending: (name) => `${name} wartet auf einen Platz.`,
  starting: (name) => `${name} startet.`,
  running: (name) => `${name} läuft.`,
  stopped: (name) => `${name} ist angehalten.`,
  terminating: (name) => `${name} wird gelöscht.`,
  failed: (name, why) => `${name} ist fehlgeschlagen. ${why}`.trim(),
  clusterNone: 'Es ist kein Cluster eingerichtet.',
  clusterBuilding: 'Der lokale Cluster wird vorbereitet.',
  clusterOnline: 'Der Cluster ist erreichbar.',
  clusterOffline: 'Der Cluster antwortet nicht.',
  clusterRefused: 'Der Cluster hat die Verbindung abgelehnt.',
};

export const palette: Words['palette'] = {
  title: 'Befehle',
  command: 'Befehl',
  placeholder: 'Öffnen, starten, anhalten, gehe zu …',
  nothing: 'Nichts heißt so.',
  groups: { workspace: 'Workspace', launch: 'Starten', page: 'Seite', ide: 'IDE' },
  launchAny: 'Beliebiges Image starten',
  find: 'In der IDE suchen',
  reload: 'Die IDE neu laden',
  downloads: 'Ordner für Downloads wählen',
  launch: (label) => `${label} starten`,
  open: (name) => `${name} öffnen`,
  logs: (name) => `Protokoll von ${name}`,
  terminal: (name) => `Terminal von ${name}`,
  ports: (name) => `Ports von ${name}`,
  events: (name) => `Ereignisse von ${name}`,
  share: (name) => `${name} teilen`,
  yaml: (name) => `YAML von ${name}`,
  start: (name) => `${name} wieder starten`,
  stop: (name) => `${name} anhalten`,
  restart: (name) => `${name} neu starten`,
};

export const time: Words['time'] = {
  seconds: (count) => `${String(count)} s`,
  minutes: (count) => `${String(count)} min`,
  hours: (count) => `${String(count)} h`,
  days: (count) => `${String(count)} T`,
  ago: (span) => `vor ${span}`,
  justNow: 'gerade eben',
  justStarted: 'gerade gestartet',
  up: (span) => `läuft seit ${span}`,
  for: (span) => `seit ${span}`,
};

export const languages: Words['languages'] = {
  label: 'Sprache der Seiten',
  system: 'Wie im System eingestellt',
  about: 'Was Host, Cluster und Programme sagen, bleibt in deren eigenen Worten.',
};

export const startup: Words['startup'] = {
  title: 'Start',
  atLogin: 'GuildNet bei der Anmeldung starten',
  hidden: 'Ohne Fenster, im Infobereich',
  noTray: 'Diese Arbeitsumgebung hat keinen Infobereich; das Fenster öffnet sich trotzdem.',
  notKnown: 'Was bei der Anmeldung startet, ist nicht bekannt',
  notChanged: 'Nicht geändert',
};

export const updates: Words['updates'] = {
  title: 'Neuere Versionen',
  looks: 'Nach neueren Versionen von GuildNet sehen',
  lookNow: 'Jetzt nachsehen',
  looking: 'Wird nachgesehen …',
  current: 'Das ist die neueste Version.',
  offered: (version) => `Version ${version} ist da.`,
  download: (version) => `${version} herunterladen`,
  downloading: (version, percent) => `${version} wird heruntergeladen: ${percent} %`,
  ready: (version) => `Version ${version} ist heruntergeladen und ersetzt diese, wenn GuildNet endet.`,
  notApplied: (version) => `Version ${version} ist heruntergeladen, wird aber nicht eingesetzt, solange dies aus ist.`,
  byHand: 'Sie wird nicht von selbst eingesetzt.',
  there: (version) => `${version} ist da`,
};
