import type { Words } from '../words.ts';

export const cluster: Words['cluster'] = {
  title: 'Cluster',
  waiting: 'Warten auf den Host …',
  state: 'Zustand des Clusters',
  starting: 'Wird gestartet',
  notHere: 'Nicht auf diesem Rechner',
  notAvailable: 'Der lokale Cluster ist auf diesem Rechner nicht verfügbar.',
  notAvailableHere: 'Der lokale Cluster ist hier nicht verfügbar:',
  useOwn: 'Eigenen verwenden',
  useLocal: 'Lokalen Cluster verwenden',
  retry: 'Erneut versuchen',
  facts: {
    from: 'Aus',
    context: 'Kontext',
    server: 'Server',
    namespace: 'Namespace',
    leader: 'Abgeglichen von',
    version: 'Kubernetes',
  },
  sources: {
    kubeconfig: 'Ihrer kubeconfig',
    'in-cluster': 'dem Cluster, in dem GuildNet läuft',
    local: 'dem lokalen Cluster auf diesem Rechner',
  },
  contexts: 'Kontexte',
  contextsOf: 'Kontexte der kubeconfig',
  inUse: 'in Verwendung',
  isTried: 'wird versucht',
  use: 'Verwenden',
  useNamed: (name) => `${name} verwenden`,
  none: {
    short: 'Keiner',
    title: 'Noch kein Cluster',
    text: 'Workspaces laufen auf Kubernetes. Verwenden Sie den Cluster, den GuildNet auf diesem Rechner betreiben kann, oder einen eigenen.',
  },
  building: {
    short: 'In Vorbereitung',
    title: 'Der lokale Cluster wird vorbereitet',
    text: 'Das erste Mal dauert einige Minuten, spätere Starts Sekunden. Workspaces können gestartet werden, sobald er erreichbar ist.',
  },
  connecting: {
    short: 'Verbinden',
    title: 'Verbindung zum Cluster wird aufgebaut',
    text: 'Warten auf die erste Antwort seines API-Servers.',
  },
  online: { short: 'Erreichbar', title: 'Der Cluster ist erreichbar', text: 'Workspaces können gestartet werden.' },
  offline: {
    short: 'Nicht erreichbar',
    title: 'Der Cluster antwortet nicht',
    text: 'GuildNet versucht es weiter. Workspaces, die dort laufen, laufen weiter.',
  },
  refused: {
    short: 'Abgelehnt',
    title: 'Der Cluster ist nicht nutzbar',
    text: 'Er antwortet und lässt GuildNet nicht ein, oder seine Konfiguration ist nicht lesbar.',
  },
};
