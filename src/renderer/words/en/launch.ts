/** The page that launches: presets, and the form for any image. */
export const launch = {
  title: 'Launch a workspace',
  lead: 'Click a preset and it starts, or describe your own.',
  presets: 'Presets',
  presetsNotKnown: 'The presets are not known',
  noPresets: 'No presets are configured; launch an image by its reference.',
  launch: 'Launch',
  launchNamed: (label: string) => `Launch ${label}`,
  filesKept: (path: string) => `Files in ${path} are kept`,
  notForYou: 'Launching is not for you',
  notLaunched: 'Not launched',
  anyImage: 'Any container image',
  form: 'Custom workspace',
  image: 'Image',
  imageExample: 'ghcr.io/owner/image:tag',
  name: 'Name',
  fromImage: 'from the image',
  suffix: 'A short suffix is added.',
  linkBefore: 'A link asks to launch',
  linkAfter: '. Launch it only if you know where the image comes from: it runs in your cluster.',
  fillIn: 'Fill it in',
  empty: 'Empty the form',
  plan: {
    title: 'What will be created',
    about:
      'As the cluster would take it now, with its defaults. Nothing is created by looking. Five digits take the place of xxxxx; values of secret variables are not shown.',
    name: 'What will be created, as YAML',
    incomplete: 'It is shown as soon as the form can be sent.',
    refused: 'It would not be taken',
    copy: 'Copy the YAML',
  },
};

export const env = {
  title: 'Environment',
  add: 'Add variable',
  name: (number: number) => `Name of variable ${String(number)}`,
  value: (number: number) => `Value of variable ${String(number)}`,
  remove: (number: number) => `Remove variable ${String(number)}`,
  valueHint: 'value',
};

export const ports = {
  advanced: 'Advanced',
  title: 'Ports',
  about: 'Where the container serves its pages. Left empty, GuildNet takes what it knows of the image, or 8080.',
  add: 'Add port',
  number: (number: number) => `Number of port ${String(number)}`,
  name: (number: number) => `Name of port ${String(number)}`,
  remove: (number: number) => `Remove port ${String(number)}`,
  nameHint: 'name',
};

export const home = {
  label: 'Home volume',
  choices: { image: 'If the image is an IDE', yes: 'Yes', no: 'No: files go with the workspace' },
  size: 'Home size',
  path: 'Home path',
  pathHint: 'Where the volume is in the container; HOME points there. What is elsewhere goes with the pod.',
};

export const probe = {
  label: 'Ready when',
  choices: {
    http: 'It answers a web request',
    slow: 'It answers a web request, minutes after its start',
    tcp: 'Its first port is open',
    none: 'Its program runs',
  },
  path: 'Path asked for',
};

export const resources = {
  title: 'Resources',
  cpu: 'CPU to have',
  cpuLimit: 'CPU at most',
  memory: 'Memory to have',
  memoryLimit: 'Memory at most',
  noLimit: 'no limit',
  pullPolicy: 'Pull policy',
  pullPolicies: {
    '': 'As its tag asks for',
    Always: 'At every start',
    IfNotPresent: 'When the node does not have it',
    Never: 'Never',
  },
};

export const placement = {
  title: 'Program, place and end',
  command: 'Program',
  args: 'Arguments',
  fromImage: "the image's",
  wordALine: 'One word a line.',
  exposure: 'Reached',
  exposures: {
    '': "As the host's settings say",
    ClusterIP: 'Through GuildNet only',
    LoadBalancer: 'At an address of its own, too',
    Ingress: 'At a name below a domain, too',
  },
  domain: 'Domain',
  domainHint: 'It gets its own name before it.',
  nodeLabels: 'Node labels',
  nodeLabelsHint: 'It runs on a node that has all of these.',
  serviceAccount: 'Service account',
  serviceAccountHint: 'Its program gets the token, and with it what that account may do in the cluster.',
  noToken: 'none: no token',
  stopIdle: 'Stop when unused for',
  ttl: 'Delete after',
  never: 'never; 2h for example',
};

/** What is wrong with a field. */
export const wrong = {
  size: (text: string) => `"${text}" is not a size: write for example 20Gi.`,
  mount: (text: string) => `"${text}" is not an absolute path: write for example /home/dev.`,
  amount: (text: string, example: string) => `"${text}" is not an amount: write for example ${example}.`,
  cpuExample: '500m or 2',
  memoryExample: '512Mi or 4Gi',
  path: (text: string) => `"${text}" is not a path: write for example /health.`,
  words: 'These are too many words: 256 are the most.',
  nodeLabels: 'Write labels as key=value, with commas between them.',
  objectName: (text: string) => `"${text}" cannot be a name: use lower-case letters, digits, "-" and ".".`,
  noDomain: 'An Ingress needs a domain.',
  domain: (text: string) => `"${text}" is not a domain: write for example dev.example.com.`,
  time: (text: string) => `"${text}" is not a time: write for example 2h or 90m.`,
  nameless: 'A variable needs a name.',
  envName: (name: string) =>
    `"${name}" cannot be a variable's name: use letters, digits, ".", "-" and "_", and no digit in front.`,
  envTwice: (name: string) => `"${name}" is set twice.`,
  port: 'A port is a whole number from 1 to 65535.',
  portName: (name: string) => `"${name}" cannot be a port's name: at most 15 lower-case letters, digits and hyphens.`,
  portTwice: (port: string) => `Port ${port} is listed twice.`,
  portNameTwice: (name: string) => `Two ports are named "${name}".`,
};
