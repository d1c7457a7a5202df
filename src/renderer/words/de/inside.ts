import type { Words } from '../words.ts';

export const terminal: Words['terminal'] = {
  title: 'Terminal',
  tabs: 'Terminals',
  add: 'Neues Terminal',
  endHint: 'Die Shell beenden und was in ihr läuft',
  end: (name) => `${name} beenden`,
  ended: 'Die Shell ist zu Ende.',
  endedWith: (code) => `Die Shell ist mit ${code} zu Ende gegangen.`,
  broke: 'Die Verbindung ist abgebrochen. Sie wird neu aufgebaut; die Shell lebt unterdessen weiter.',
  another: 'Ein neues öffnen',
  search: 'Das Terminal durchsuchen',
  keys: 'Tasten',
  keyNames: {
    Escape: 'Escape',
    Tab: 'Tabulator',
    Up: 'Hoch',
    Down: 'Runter',
    Left: 'Links',
    Right: 'Rechts',
    Pipe: 'Senkrechter Strich',
    Slash: 'Schrägstrich',
    Dash: 'Bindestrich',
    Tilde: 'Tilde',
  },
};

export const search: Words['search'] = {
  hint: 'Suchen',
  notFound: 'Nicht gefunden',
  previous: 'Vorige Stelle',
  next: 'Nächste Stelle',
  close: 'Suche schließen',
  inIde: 'In der IDE suchen',
  text: 'Gesuchter Text',
  of: (active, total) => `${active} von ${total}`,
};

export const logs: Words['logs'] = {
  title: 'Protokoll',
  levels: {
    '': 'Alle Stufen',
    debug: 'Debug und darüber',
    info: 'Info und darüber',
    warn: 'Warnungen und Fehler',
    error: 'Fehler',
  },
  follow: 'Mitlesen',
  pause: 'Anhalten',
  level: 'Stufe',
  container: 'Container',
  search: 'Das Protokoll durchsuchen',
  searchHint: 'Suchen  ( / )',
  previousHint: 'Mit dem beginnen, was das Programm vor dem letzten Neustart ausgegeben hat',
  previous: 'Vor dem Neustart',
  wrap: 'Umbrechen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  nothingLikeThat: 'Keine Zeile enthält diese Wörter.',
  nothing: 'Es wurde nichts ausgegeben, was hier zu zeigen wäre.',
  toNewest: 'Zur neuesten Zeile',
};

export const portList: Words['portList'] = {
  title: 'Ports',
  about: 'Die angegebenen, und von den üblichen die, an denen etwas lauscht.',
  notKnown: 'nicht bekannt, ob etwas lauscht',
  open: 'offen',
  closed: 'nichts lauscht',
  notDeclared: 'nicht angegeben',
  openPort: (port) => `${port} öffnen`,
  forwardPort: (port) => `${port} weiterleiten`,
  forwards: 'Weiterleitungen',
  forwardsTitle: 'Auf dem Rechner, auf dem GuildNet läuft',
  forwardsAbout: 'Für Programme, die keine Browser sind. Alle Benutzer jenes Rechners können sich dorthin verbinden.',
  port: 'Port des Workspaces',
  anyFree: 'an irgendeinem freien Port',
  forward: 'Weiterleiten',
  to: (port) => `nach ${port}`,
  connections: (count) => (count === 1 ? '1 Verbindung' : `${String(count)} Verbindungen`),
  refused: (count) => `${String(count)} abgelehnt`,
  stop: 'Beenden',
  stopNamed: (address) => `Beenden: ${address}`,
  exposed: 'Andere Rechner können sich damit verbinden.',
};

export const events: Words['events'] = {
  title: 'Ereignisse',
  nothing: 'Der Cluster sagt nichts darüber. Was er gesagt hat, vergisst er nach einer Stunde.',
  warning: 'Warnung:',
  times: (count) => `${count}-mal`,
};

export const yaml: Words['yaml'] = {
  label: (name) => `YAML von ${name}`,
  reading: 'Wird gelesen …',
  fields: 'Felder',
  fieldsOf: (where) => `Felder von ${where}`,
  notSaved: 'Nicht gespeichert',
  mayNot: (why) => `Sie dürfen es nicht ändern. ${why}`,
  reloadHint: 'Neu lesen; was Sie hier geändert haben, geht verloren',
  reload: 'Neu laden',
  discard: 'Verwerfen',
  save: 'Speichern',
  changed: 'Geändert, nicht gespeichert',
  hidden: (names) => `Variablen, die nicht gezeigt werden und bleiben: ${names}`,
  needsRestart: (fields) => `Er läuft, und nur ein neuer Pod kann das haben: ${fields}.`,
  nextStart: 'Ab dem nächsten Start',
  restartNow: 'Jetzt neu starten',
  changedByBoth: (fields) => `Jemand anderes hat unterdessen ${fields} geändert.`,
  takeTheirs: 'Deren Fassung nehmen',
  writeMine: 'Meine schreiben',
  wasSo: 'Es war schon so',
  saved: (fields) => `Gespeichert: ${fields}`,
  savedRestarts: (fields) => `Gespeichert: ${fields}. Er startet neu`,
  savedForNext: (fields, restarts) => `Gespeichert: ${fields}. Ab dem nächsten Start: ${restarts}`,
};

export const asking: Words['asking'] = {
  looking: 'Wird nachgesehen …',
  tryAgain: 'Noch einmal versuchen',
  tryNow: 'Jetzt versuchen',
};
