import type { Words } from '../words.ts';

export const settings: Words['settings'] = {
  notKnown: 'Die Einstellungen sind nicht bekannt',
  readAtStart: 'Das Folgende liest der Host beim Start: zuerst Optionen, dann die Umgebung, dann',
  unread: (variable) => `${variable} wird nicht gelesen`,
  unreadWhy: 'Die Umgebung hat eine Variable, die wie eine von GuildNet heißt und keine ist.',
  unreadRemedy: 'Berichtigen Sie den Namen, oder entfernen Sie sie.',
  unreadNearest: (nearest) => `Meinten Sie ${nearest}?`,
  notSet: 'nicht gesetzt',
  from: (place) => `aus ${place}`,
  default: 'Vorgabe',
};

export const presets: Words['presets'] = {
  add: 'Neue Vorlage',
  notKnown: 'Die Vorlagen sind nicht bekannt',
  edit: (label) => `${label} bearbeiten`,
  verbs: { restore: 'Wiederherstellen', reset: 'Zurücksetzen', edit: 'Bearbeiten', remove: 'Entfernen' },
  verbOf: (verb, label) => `${verb}: ${label}`,
  sources: { changed: 'hier bearbeitet', own: 'hier angelegt', hidden: 'entfernt' },
  fields: {
    label: 'Bezeichnung',
    image: 'Image',
    description: 'Beschreibung',
    ports: 'Ports',
    homePath: 'Home im Container',
    homeSize: 'Größe des Homes',
  },
  portsHint: 'Am ersten ist die Seite.',
  needsLabel: 'Eine Vorlage braucht eine Bezeichnung.',
  noPort: (text) => `„${text}“ ist kein Port: Schreiben Sie zum Beispiel 3000 oder 3000:web.`,
  notSaved: 'Nicht gespeichert',
  save: 'Speichern',
};

export const doctor: Words['doctor'] = {
  lead: 'Sieht nach allem, was falsch sein kann, und ändert nichts.',
  again: 'Noch einmal nachsehen',
  notExamined: 'Nicht untersucht',
  looking: 'Es wird nachgesehen. Das dauert ein paar Sekunden, und eine halbe Minute, wo niemand antwortet.',
  checks: 'Prüfungen',
  states: { error: 'Falsch', warning: 'Warnung', ok: 'In Ordnung', skipped: 'Ausgelassen' },
  nothingWrong: 'Es ist nichts falsch',
  wrong: (count) => (count === 1 ? '1 Sache ist falsch' : `${String(count)} Sachen sind falsch`),
  better: (count) => `${String(count)} könnte besser sein`,
};

export const reference: Words['reference'] = {
  search: 'Die API durchsuchen',
  searchHint: 'Suchen',
  notKnown: 'Die API ist nicht bekannt',
  asDocument: 'Als Dokument:',
  nothing: 'Nichts enthält diese Wörter.',
  types: 'Typen',
  parameters: 'Parameter',
  inThe: (where) => `in: ${where}`,
  body: 'Inhalt',
};

export const ownCluster: Words['ownCluster'] = {
  title: 'Einen eigenen Cluster benutzen',
  about:
    'GuildNet benutzt den aktuellen Kontext Ihrer Kubeconfig. Im Cluster muss vorher nichts installiert werden; der Kontext braucht das Recht, einmal die Definition von Workspace anzulegen, und Deployments, Services und Pods in seinem Namespace.',
  file: 'Die Kubeconfig ist die Datei, die dies nennt:',
  orFile: 'oder sonst',
  check: 'Sehen Sie nach, ob der Cluster antwortet:',
  choose: 'Wählen Sie den Kontext, wenn es mehrere gibt:',
  retry:
    'Drücken Sie auf den Knopf zum Wiederholen. Liegt die Datei anderswo, starten Sie GuildNet mit dieser Umgebungsvariablen:',
};
