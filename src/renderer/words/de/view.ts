import type { Words } from '../words.ts';

export const view: Words['view'] = {
  ideOf: (name) => `IDE von ${name}`,
  more: 'Mehr zur IDE',
  moreHint: 'Zoom, Suchen, Drucken, Entwicklerwerkzeuge',
  signInAt: 'Der Workspace bittet Sie, sich hier anzumelden:',
  checkWhom: 'Prüfen Sie, ob Sie dieser Adresse Ihr Passwort anvertrauen.',
  back: 'Zurück zum Workspace',
  notLoaded: 'Die IDE wurde nicht geladen.',
  reloadIt: 'Laden Sie sie neu.',
  hung: 'Die Seite des Workspaces antwortet nicht.',
  hungRemedy: 'Warten Sie, oder laden Sie sie neu; was sie nicht gespeichert hat, ist dann verloren.',
};

export const tabs: Words['tabs'] = {
  title: 'Offene Workspaces',
  hint: 'Mittlere Taste oder Entf schließt ihn; Strg+Umschalt mit einem Pfeil verschiebt ihn',
  next: 'Nächster Tab',
  previous: 'Voriger Tab',
  close: 'Tab schließen',
  reopen: 'Geschlossenen Tab wieder öffnen',
  moveLeft: 'Tab nach links verschieben',
  moveRight: 'Tab nach rechts verschieben',
  splitRight: 'Teilen: zwei nebeneinander',
  splitBelow: 'Teilen: einer unter dem anderen',
  endSplit: 'Teilung beenden',
  besideOf: (name) => `${name} daneben zeigen`,
  belowOf: (name) => `${name} darunter zeigen`,
  line: 'Linie zwischen den beiden',
  popOut: 'In einem eigenen Fenster öffnen',
  popIn: 'Zurück in dieses Fenster',
  browserWindow: 'In einem neuen Browserfenster öffnen',
  showWindow: 'Fenster zeigen',
  elsewhere: 'Dieser Workspace hat ein eigenes Fenster.',
  marks: {
    starting: 'startet',
    reconnecting: 'verbindet sich wieder',
    stopped: 'angehalten',
    failed: 'fehlgeschlagen',
    ending: 'wird gelöscht',
    hung: 'antwortet nicht',
    resting: 'nicht geladen; öffnet sich, wo er war',
    window: 'in einem eigenen Fenster',
  },
};

export const memory: Words['memory'] = {
  title: 'Speicher für IDEs, die niemand ansieht',
  automatic: (size) => `Danach, wie viel da ist (${size})`,
  none: 'Keiner: Nur was zu sehen ist, bleibt geladen',
  about:
    'Darüber hinaus werden die entladen, die am längsten niemand angesehen hat. Sie öffnen sich wieder, wo sie waren; was ein Programm nicht gespeichert hat, behält es, oder es bittet zu bleiben.',
  now: 'Was offene IDEs jetzt belegen',
};

export const clipboard: Words['clipboard'] = {
  title: 'Zwischenablage lesen',
  may: 'darf sie lesen',
  mayNot: 'darf nicht',
  askAgain: 'Wieder fragen',
  askAgainOf: (name) => `Für ${name} wieder fragen`,
};

export const notifications: Words['notifications'] = {
  title: 'Benachrichtigungen',
  may: 'darf sie zeigen',
  mayNot: 'darf nicht',
  askAgain: 'Wieder fragen',
  askAgainOf: (name) => `Bei ${name} wieder fragen: Benachrichtigungen`,
};

export const downloads: Words['downloads'] = {
  title: 'Downloads',
  choose: 'Ordner wählen',
  close: 'Downloads schließen',
  closeHint: 'Schließen; die Dateien bleiben im Ordner',
  nameOf: (name, workspace) => `${name}, von ${workspace}`,
  cancelled: 'Abgebrochen',
  of: (name) => `Download von ${name}`,
  cancelNamed: (name) => `Download von ${name} abbrechen`,
  show: 'Zeigen',
  showNamed: (name) => `${name} im Ordner zeigen`,
  progress: (received, total) => `${received} von ${total}`,
};

export const trust: Words['trust'] = {
  silent: 'Von der Adresse dieses Workspaces kommt nichts: Dieser Browser scheint ihrem Zertifikat nicht zu vertrauen.',
  remedy: (steps) =>
    `Importieren Sie einmal die Zertifizierungsstelle dieses Hosts, und laden Sie neu: ${steps} Auf dem Rechner des Hosts selbst tut es „guildnet cert trust“.`,
  steps: {
    ios: 'Öffnen Sie die Datei, und installieren Sie das Profil unter Einstellungen, Allgemein, VPN und Geräteverwaltung. Schalten Sie es unter Einstellungen, Allgemein, Info, Zertifikatsvertrauenseinstellungen ein.',
    android:
      'Öffnen Sie Einstellungen, Sicherheit, Verschlüsselung und Anmeldedaten, Zertifikat installieren, CA-Zertifikat, und wählen Sie die Datei.',
    firefox:
      'Öffnen Sie Einstellungen, Datenschutz & Sicherheit, Zertifikate, Zertifikate anzeigen, Zertifizierungsstellen, Importieren, und wählen Sie die Datei. Haken Sie „Dieser CA vertrauen, um Websites zu identifizieren“ an.',
    mac: 'Öffnen Sie die Datei, die die Schlüsselbundverwaltung annimmt, und stellen Sie sie für SSL auf „Immer vertrauen“.',
    windows:
      'Öffnen Sie die Datei, Zertifikat installieren, Aktueller Benutzer, und wählen Sie „Vertrauenswürdige Stammzertifizierungsstellen“.',
    chromium:
      'Öffnen Sie chrome://certificate-manager, Benutzerdefiniert, Vertrauenswürdige Zertifikate (früher: Zertifikate verwalten, Zertifizierungsstellen), Importieren, und wählen Sie die Datei.',
  },
};

export const permission: Words['permission'] = {
  youMayNot: (what) => `Sie dürfen hier nicht: ${what}.`,
  or: ' oder ',
  things: {
    open: 'öffnen oder das Protokoll lesen',
    page: 'die Seite öffnen',
    terminal: 'ein Terminal benutzen',
    stop: 'anhalten oder ändern',
    delete: 'löschen',
  },
  onlyLocal: 'Das ist für den Benutzer des Rechners, auf dem der Host läuft.',
  askWhom: 'Fragen Sie, wer diesen Host betreibt oder seine Regeln festlegt.',
  notOpened: 'Er läuft, und Sie dürfen ihn nicht öffnen',
  nothingToSee: 'Es gibt keinen Workspace, den Sie sehen dürfen.',
  noLaunch: 'Das Starten ist nicht für Sie',
  notForYou: (what) => `${what}: nicht für Sie`,
};

export const failure: Words['failure'] = {
  noDesktop: 'Die Anwendung antwortet diesem Fenster nicht.',
  noHost: 'Der Host unter dieser Adresse antwortet nicht.',
  broke: 'Die Verbindung zum Host ist abgebrochen, bevor er geantwortet hat.',
  ended: 'Der Host hat die Verbindung beendet.',
  lost: 'Die Verbindung zum Host ist abgebrochen.',
  inPage: (message) => `In dieser Seite ist etwas fehlgeschlagen: ${message}`,
  reloadPage: 'Laden Sie die Seite neu.',
  checkHost: 'Sehen Sie nach, ob GuildNet dort läuft; diese Seite verbindet sich von selbst wieder.',
};
