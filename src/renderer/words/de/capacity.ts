import type { Words } from '../words.ts';

export const capacity: Words['capacity'] = {
  title: 'Kapazität',
  nodes: 'Knoten des Clusters',
  workspaces: 'Was Workspaces beanspruchen',
  looking: 'Der Cluster wird gefragt, was er hat …',
  notKnown: 'Was der Cluster hat, ist nicht bekannt',
  nodesNotSeen: 'Die Knoten sind nicht zu sehen',
  othersNotSeen: 'Pods anderer Namespaces sind nicht mitgezählt',
  noNodes: 'Der Cluster hat keinen Knoten; kein Workspace kann laufen.',
  noWorkspaces: 'Kein Workspace läuft, also beansprucht keiner etwas.',
  ready: 'Bereit',
  notReady: 'Nicht bereit',
  cordoned: 'nimmt keine neuen Pods an',
  cpu: 'Prozessor',
  memory: 'Speicher',
  pods: 'Pods',
  of: (part, whole) => `${part} von ${whole} angefordert`,
  used: (amount) => `${amount} genutzt`,
  cores: (count) => (count === '1' ? '1 Kern' : `${count} Kerne`),
  requested: 'angefordert',
  reallyUsed: 'genutzt',
  more: (count) => `${count} weitere zeigen`,
};

export const operator: Words['operator'] = {
  title: 'Operator',
  self: 'Dieser Host gleicht die Workspaces ab.',
  other: (holder) => `${holder} gleicht die Workspaces ab; dieser Host sieht zu.`,
  nobody: 'Niemand gleicht die Workspaces gerade ab: Was gestartet oder gestoppt wird, wartet.',
  looks: 'Abgeglichen',
  counts: (done, failed) => `${done} erledigt, ${failed} zu wiederholen`,
  waiting: 'Wartend',
  lease: 'Lease',
};

export const rights: Words['rights'] = {
  title: 'Rechte im Cluster',
  looking: 'Der Cluster wird Regel für Regel gefragt …',
  notKnown: 'Die Rechte sind nicht bekannt',
  all: (count) => `Alle ${count} Regeln, die GuildNet braucht, sind gewährt.`,
  some: (missing, count) => `${missing} von ${count} Regeln sind nicht ganz gewährt.`,
  remedy: 'Was ein Administrator anwendet, gibt dieser Befehl aus:',
  missing: 'Fehlt',
  granted: 'Gewährt',
  grantedRules: (count) => `${count} gewährt`,
  inCluster: 'im ganzen Cluster',
  inNamespace: 'im Namespace',
  not: (what) => `Nicht erlaubt: ${what}`,
  vital: 'ohne sie geht nichts',
  again: 'Erneut fragen',
};

export const local: Words['local'] = {
  title: 'Lokaler Cluster',
  notKnown: 'Der lokale Cluster ist nicht bekannt',
  phases: {
    absent: 'Auf diesem Rechner gibt es keinen.',
    stopped: 'Er ist angehalten; was er enthält, bleibt erhalten.',
    running: 'Er läuft auf diesem Rechner.',
    degraded: 'Teile von ihm sind beendet. Ein Start heilt ihn.',
  },
  start: 'Starten und verwenden',
  heal: 'Heilen',
  stop: 'Anhalten',
  stopTitle: 'Den lokalen Cluster anhalten?',
  stopText:
    'Alles, was dort läuft, endet. Workspaces und ihre Dateien bleiben und sind nach dem nächsten Start wieder da.',
  stopUsed:
    'Alle Workspaces hier enden, mit dem, was in ihnen nicht gespeichert ist. Sie und ihre Dateien bleiben und sind nach dem nächsten Start wieder da.',
  images: 'Images des lokalen Clusters',
  imagesNotKnown: 'Die Images sind nicht bekannt',
  looking: 'Die Images werden angesehen …',
  origins: { own: 'kam mit dem Cluster', loaded: 'von Hand geladen', pulled: 'aus einer Registry' },
  unused: 'nicht in Verwendung',
  usedBy: (first, others) => `${first} und ${String(others)} weitere`,
  howToLoad: 'Ein eigenes Image kommt hierher durch',
  remove: 'Entfernen',
  removeNamed: (name) => `${name} entfernen`,
  removeTitle: 'Dieses Image entfernen?',
  removeText: (name) => `${name} wird vom Knoten genommen. Was es später braucht, muss es neu laden oder holen.`,
};
