import type { Words } from '../words.ts';

export const workspace: Words['workspace'] = {
  views: {
    workspace: 'Zurück',
    terminal: 'Terminal',
    logs: 'Protokoll',
    ports: 'Ports',
    events: 'Ereignisse',
    yaml: 'YAML',
    sharing: 'Teilen',
  },
  titleOf: (what, name) => `${what} von ${name}`,
  otherPorts: 'Weitere Ports',
  reload: 'Neu laden',
  reconnecting: 'Verbindet sich wieder … Was offen ist, geht von selbst weiter.',
  renewed: 'Der Workspace wurde neu gestartet. Was darin lief, etwa in Terminals, ist zu Ende und geht nicht weiter.',
  renewedRemedy:
    'Dateien in seinem Home sind, wie sie waren. Sichern Sie, was in Editoren steht, und laden Sie die Seite neu.',
  openInTab: 'In neuem Tab öffnen',
  openInBrowser: 'Im Browser öffnen',
  start: 'Starten',
  stop: 'Anhalten',
  restart: 'Neu starten',
  restartHint: 'Von vorn starten; was im Home liegt, bleibt',
  delete: 'Löschen',
  deleteTitle: 'Workspace löschen?',
  deleteConfirm: 'Workspace löschen',
  isRemoved: 'wird angehalten und aus dem Cluster entfernt',
  withEverything: 'mit allem, was darin ist. Das lässt sich nicht rückgängig machen.',
  homeIsKept: (span) =>
    `mit allem außerhalb seines Homes. Das Home bleibt ${span} lang erhalten, und Sie können es wiederherstellen.`,
  deleteHomeToo: 'Auch das Home mit allen Dateien darin löschen. Das lässt sich nicht rückgängig machen.',
  absent: 'Einen Workspace dieses Namens gibt es nicht. Vielleicht wurde er gelöscht.',
  expected: 'Angefordert. Warten, bis der Cluster ihn zeigt …',
  steps: ['Vom Cluster angenommen', 'Auf einem Node untergebracht', 'Container gestartet und antwortet'],
  stepsTitle: 'Schritte',
  changedImage: 'Mit geändertem Image starten …',
  startAbove: 'Starten Sie ihn mit dem Knopf oben; alles, was er behält, ist noch da.',
  timeline: {
    title: 'Wo die Zeit des Starts blieb',
    steps: {
      place: 'Einen Node finden, mit dem Volume',
      image: 'Das Image holen',
      container: 'Den Container starten',
      program: 'Das Programm fährt hoch',
    },
    soFar: 'bisher',
    underASecond: 'unter 1 s',
  },
  events: 'Ereignisse',
  clusterSays: 'Was der Cluster sagt',
  startToGoOn: 'Starten Sie ihn, um weiterzumachen; nichts ist verloren.',
  storageBlocked:
    'Dieser Browser lässt Seiten innerhalb anderer Seiten nichts speichern; die Anwendung läuft hier vielleicht nicht richtig.',
  storageInTab: 'In einem Tab hat sie eigenen Speicher.',
  openItInTab: 'In einem Tab öffnen',
  awake: (since, why, until) => `Wach seit ${since}: ${why}. Er hält um ${until} an, wenn nichts mehr kommt.`,
  awakeBy: {
    opened: 'jemand hat eine Seite davon geöffnet',
    input: 'jemand tippt oder klickt darin',
    program: 'ein Programm fragt ihn an',
    output: 'er arbeitet, bei offener Seite',
    background: 'eine Seite davon ist offen',
    elsewhere: 'er wird über einen anderen Host benutzt',
    started: 'er wurde gerade gestartet',
  },
};

export const phase: Words['phase'] = {
  Pending: { title: 'Wartet auf einen Platz', text: 'Der Cluster sucht einen Node, auf dem er laufen kann.' },
  Starting: {
    title: 'Startet',
    text: (node) =>
      `${node === undefined ? 'Der Node' : `Node ${node}`} holt das Image, wenn nötig, startet den Container und wartet auf dessen erste Antwort.`,
  },
  Running: {
    title: 'Läuft',
    noPage: 'Er läuft, zeigt aber keine Seite: Er hört auf keinem Port, den GuildNet kennt.',
    opening: 'Die IDE wird geöffnet …',
  },
  Stopped: { title: 'Angehalten', text: 'Nichts davon läuft.' },
  Failed: { title: 'Er läuft nicht', text: 'Der Cluster konnte ihn nicht starten, oder er hat sich selbst beendet.' },
  Terminating: { title: 'Wird gelöscht', text: 'Der Cluster hält ihn an und entfernt, was zu ihm gehört.' },
};
