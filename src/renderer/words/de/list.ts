import type { Words } from '../words.ts';

export const list: Words['list'] = {
  title: 'Workspaces',
  launch: 'Workspace starten',
  phases: {
    Pending: 'Wartet',
    Starting: 'Startet',
    Running: 'Läuft',
    Stopped: 'Angehalten',
    Failed: 'Fehlgeschlagen',
    Terminating: 'Wird gelöscht',
  },
  empty:
    'Ein Workspace ist ein ganzer Entwicklungsrechner in Ihrem Cluster: eine IDE, ein Terminal, Ihre Dateien. Er läuft weiter, wenn Sie dieses Fenster schließen. Starten Sie den ersten:',
  or: 'Oder',
  anyImage: 'starten Sie ein beliebiges Container-Image',
  orPress: ', oder drücken Sie jederzeit',
  atAnyTime: '.',
  filter: 'Filter',
  filterHint: 'Name, Image, Besitzer oder Node',
  phase: 'Phase',
  phaseFilters: {
    all: 'Alle Phasen',
    running: 'Läuft',
    starting: 'Unterwegs',
    failed: 'Fehlgeschlagen',
    stopped: 'Angehalten',
  },
  order: 'Reihenfolge',
  orders: {
    newest: 'Neueste zuerst',
    oldest: 'Älteste zuerst',
    name: 'Nach Name',
    phase: 'Was Sie braucht, zuerst',
    owner: 'Nach Besitzer',
  },
  count: (count, shown) => (count === 1 ? '1 Workspace' : `${shown} Workspaces`),
  some: (shown, total) => `${shown} von ${total}`,
  noneLikeThat: 'Kein Workspace passt dazu.',
  select: (name) => `${name} auswählen`,
  owner: 'Besitzer:',
  ownerHost: (name) => `${name} (Host)`,
  ownerDevice: (name) => `${name} (Gerät)`,
  open: 'Öffnen',
  openNamed: (name) => `${name} öffnen`,
  why: 'Warum?',
  whyNamed: (name) => `Warum? ${name}`,
  less: 'Weniger',
};

export const bulk: Words['bulk'] = {
  selectedWorkspaces: 'Ausgewählte Workspaces',
  selected: (count) => `${String(count)} ausgewählt`,
  start: (count) => `${String(count)} starten`,
  stop: (count) => `${String(count)} anhalten`,
  delete: (count) => `${String(count)} löschen`,
  deleteTitle: (count) => `${String(count)} Workspaces löschen?`,
  deleteConfirm: 'Workspaces löschen',
  deleteText:
    'Sie werden angehalten und mit allem außerhalb ihrer Homes aus dem Cluster entfernt. Homes bleiben so lange, wie es der jeweilige Workspace sagt.',
  selectAll: (count) => `Alle ${String(count)} auswählen`,
  selectNone: 'Keinen auswählen',
  done: {
    start: (count) => `${String(count)} werden gestartet`,
    stop: (count) => `${String(count)} werden angehalten`,
    delete: (count) => `${String(count)} werden gelöscht`,
  },
  refused: (count) => `${String(count)} abgelehnt`,
};

export const homes: Words['homes'] = {
  title: 'Aufbewahrte Homes',
  about:
    'Diese Workspaces wurden gelöscht; die Dateien in ihren Homes sind noch da. Stellen Sie einen wieder her, und er kommt zurück, wie er war.',
  imageNotKnown: 'Image nicht bekannt',
  restore: 'Wiederherstellen',
  restoreNamed: (name) => `${name} wiederherstellen`,
  deleteForGood: 'Endgültig löschen',
  deleteTitle: 'Dieses Home endgültig löschen?',
  allFilesOf: 'Alle Dateien im Home von',
  areDeleted: 'werden gelöscht. Das lässt sich nicht rückgängig machen.',
  deleting: 'wird gelöscht',
  keptUntilYou: 'bleibt, bis Sie es löschen',
  deletedIn: (span) => `wird in ${span} gelöscht`,
  deletedAnyMoment: 'wird jeden Moment gelöscht',
};

export const undo: Words['undo'] = {
  title: 'Löschen rückgängig machen',
  deleted: (name) => `${name} ist gelöscht, sein Home bleibt erhalten.`,
  deletedSome: (count) => `${String(count)} Workspaces sind gelöscht, ihre Homes bleiben erhalten.`,
  undo: 'Rückgängig',
  undoNamed: (name) => `Rückgängig: ${name} löschen`,
  undoSome: (count) => `Rückgängig: ${String(count)} Workspaces löschen`,
  dismissNamed: (name) => `Ausblenden: ${name} ist gelöscht`,
  dismissSome: (count) => `Ausblenden: ${String(count)} Workspaces sind gelöscht`,
  comingBack: 'Wird wiederhergestellt …',
  notRestored: (name) => `${name} wurde nicht wiederhergestellt`,
};
