import type { Words } from '../words.ts';

export const launch: Words['launch'] = {
  title: 'Einen Workspace starten',
  lead: 'Klicken Sie auf eine Vorlage, und er startet, oder beschreiben Sie Ihren eigenen.',
  presets: 'Vorlagen',
  presetsNotKnown: 'Die Vorlagen sind nicht bekannt',
  noPresets: 'Es sind keine Vorlagen eingerichtet; starten Sie ein Image über seine Referenz.',
  launch: 'Starten',
  launchNamed: (label) => `${label} starten`,
  filesKept: (path) => `Dateien in ${path} bleiben erhalten`,
  notForYou: 'Starten ist Ihnen nicht erlaubt',
  notLaunched: 'Nicht gestartet',
  anyImage: 'Beliebiges Container-Image',
  form: 'Eigener Workspace',
  image: 'Image',
  imageExample: 'ghcr.io/owner/image:tag',
  name: 'Name',
  fromImage: 'aus dem Image',
  suffix: 'Ein kurzer Zusatz wird angehängt.',
  linkBefore: 'Ein Link möchte dieses Image starten:',
  linkAfter: '. Starten Sie es nur, wenn Sie wissen, woher es kommt: Es läuft in Ihrem Cluster.',
  plan: {
    title: 'Was angelegt wird',
    about:
      'Wie der Cluster es jetzt annähme, mit seinen Vorgaben. Durch Ansehen wird nichts angelegt. Fünf Zeichen ersetzen xxxxx; Werte geheimer Variablen werden nicht gezeigt.',
    name: 'Was angelegt wird, als YAML',
    incomplete: 'Es wird gezeigt, sobald sich das Formular absenden lässt.',
    refused: 'Es würde nicht angenommen',
    copy: 'YAML kopieren',
  },
  fillIn: 'Übernehmen',
  empty: 'Formular leeren',
};

export const env: Words['env'] = {
  title: 'Umgebung',
  add: 'Variable hinzufügen',
  name: (number) => `Name von Variable ${String(number)}`,
  value: (number) => `Wert von Variable ${String(number)}`,
  remove: (number) => `Variable ${String(number)} entfernen`,
  valueHint: 'Wert',
};

export const ports: Words['ports'] = {
  advanced: 'Erweitert',
  title: 'Ports',
  about: 'Wo der Container seine Seiten anbietet. Ohne Angabe nimmt GuildNet, was es vom Image weiß, oder 8080.',
  add: 'Port hinzufügen',
  number: (number) => `Nummer von Port ${String(number)}`,
  name: (number) => `Name von Port ${String(number)}`,
  remove: (number) => `Port ${String(number)} entfernen`,
  nameHint: 'Name',
};

export const home: Words['home'] = {
  label: 'Home-Volume',
  choices: { image: 'Wenn das Image eine IDE ist', yes: 'Ja', no: 'Nein: Dateien gehen mit dem Workspace' },
  size: 'Größe des Homes',
  path: 'Pfad des Homes',
  pathHint: 'Wo das Volume im Container liegt; HOME zeigt dorthin. Was woanders liegt, geht mit dem Pod.',
};

export const probe: Words['probe'] = {
  label: 'Bereit, wenn',
  choices: {
    http: 'er auf eine Web-Anfrage antwortet',
    slow: 'er auf eine Web-Anfrage antwortet, Minuten nach dem Start',
    tcp: 'sein erster Port offen ist',
    none: 'sein Programm läuft',
  },
  path: 'Angefragter Pfad',
};

export const resources: Words['resources'] = {
  title: 'Ressourcen',
  cpu: 'CPU mindestens',
  cpuLimit: 'CPU höchstens',
  memory: 'Speicher mindestens',
  memoryLimit: 'Speicher höchstens',
  noLimit: 'unbegrenzt',
  pullPolicy: 'Image holen',
  pullPolicies: {
    '': 'Wie es der Tag verlangt',
    Always: 'Bei jedem Start',
    IfNotPresent: 'Wenn der Node es nicht hat',
    Never: 'Nie',
  },
};

export const placement: Words['placement'] = {
  title: 'Programm, Ort und Ende',
  command: 'Programm',
  args: 'Argumente',
  fromImage: 'wie im Image',
  wordALine: 'Ein Wort je Zeile.',
  exposure: 'Erreichbar',
  exposures: {
    '': 'Wie der Host eingestellt ist',
    ClusterIP: 'Nur über GuildNet',
    LoadBalancer: 'Auch an einer eigenen Adresse',
    Ingress: 'Auch unter einem Namen einer Domain',
  },
  domain: 'Domain',
  domainHint: 'Davor bekommt er seinen eigenen Namen.',
  nodeLabels: 'Labels des Nodes',
  nodeLabelsHint: 'Er läuft auf einem Node, der alle diese hat.',
  serviceAccount: 'ServiceAccount',
  serviceAccountHint: 'Sein Programm bekommt das Token, und damit, was dieses Konto im Cluster darf.',
  noToken: 'keiner: kein Token',
  stopIdle: 'Anhalten, wenn unbenutzt seit',
  ttl: 'Löschen nach',
  never: 'nie; zum Beispiel 2h',
};

export const wrong: Words['wrong'] = {
  size: (text) => `„${text}“ ist keine Größe: schreiben Sie zum Beispiel 20Gi.`,
  mount: (text) => `„${text}“ ist kein absoluter Pfad: schreiben Sie zum Beispiel /home/dev.`,
  amount: (text, example) => `„${text}“ ist keine Menge: schreiben Sie zum Beispiel ${example}.`,
  cpuExample: '500m oder 2',
  memoryExample: '512Mi oder 4Gi',
  path: (text) => `„${text}“ ist kein Pfad: schreiben Sie zum Beispiel /health.`,
  words: 'Das sind zu viele Wörter: höchstens 256.',
  nodeLabels: 'Schreiben Sie Labels als key=value, mit Kommas dazwischen.',
  objectName: (text) => `„${text}“ kann kein Name sein: erlaubt sind kleine Buchstaben, Ziffern, „-“ und „.“.`,
  noDomain: 'Ein Ingress braucht eine Domain.',
  domain: (text) => `„${text}“ ist keine Domain: schreiben Sie zum Beispiel dev.example.com.`,
  time: (text) => `„${text}“ ist keine Zeit: schreiben Sie zum Beispiel 2h oder 90m.`,
  nameless: 'Eine Variable braucht einen Namen.',
  envName: (name) =>
    `„${name}“ kann nicht der Name einer Variable sein: erlaubt sind Buchstaben, Ziffern, „.“, „-“ und „_“, vorn keine Ziffer.`,
  envTwice: (name) => `„${name}“ ist zweimal gesetzt.`,
  port: 'Ein Port ist eine ganze Zahl von 1 bis 65535.',
  portName: (name) =>
    `„${name}“ kann nicht der Name eines Ports sein: höchstens 15 kleine Buchstaben, Ziffern und Bindestriche.`,
  portTwice: (port) => `Port ${port} steht zweimal da.`,
  portNameTwice: (name) => `Zwei Ports heißen „${name}“.`,
};
