/** The pages about the host itself. */
export const settings = {
  notKnown: 'The settings are not known',
  readAtStart: 'The host reads the following when it starts: flags first, then the environment, then',
  unread: (variable: string) => `${variable} is not read`,
  unreadWhy: "The environment has a variable that is called like one of GuildNet's, and is none.",
  unreadRemedy: 'Correct its name, or unset it.',
  unreadNearest: (nearest: string) => `Did you mean ${nearest}?`,
  notSet: 'not set',
  from: (place: string) => `from ${place}`,
  default: 'default',
};

export const presets = {
  add: 'New preset',
  notKnown: 'The presets are not known',
  edit: (label: string) => `Edit ${label}`,
  verbs: { restore: 'Restore', reset: 'Reset', edit: 'Edit', remove: 'Remove' },
  verbOf: (verb: string, label: string) => `${verb} ${label}`,
  sources: { changed: 'edited here', own: 'made here', hidden: 'removed' },
  fields: {
    label: 'Label',
    image: 'Image',
    description: 'Description',
    ports: 'Ports',
    homePath: 'Home in the container',
    homeSize: 'Size of the home',
  },
  portsHint: 'The first is where its page is.',
  needsLabel: 'A preset needs a label.',
  noPort: (text: string) => `"${text}" is no port: write for example 3000 or 3000:web.`,
  notSaved: 'Not saved',
  save: 'Save',
};

export const doctor = {
  lead: 'Looks at everything that may be wrong, and changes nothing.',
  again: 'Look again',
  notExamined: 'Not examined',
  looking: 'Looking. This takes a few seconds, and half a minute where nobody answers.',
  checks: 'Checks',
  states: { error: 'Wrong', warning: 'Warning', ok: 'Fine', skipped: 'Skipped' },
  nothingWrong: 'Nothing is wrong',
  wrong: (count: number) => `${String(count)} ${count === 1 ? 'thing is' : 'things are'} wrong`,
  better: (count: number) => `${String(count)} could be better`,
};

export const reference = {
  search: 'Search the API',
  searchHint: 'Search',
  notKnown: 'The API is not known',
  asDocument: 'As a document:',
  nothing: 'Nothing has these words.',
  types: 'Types',
  parameters: 'Parameters',
  inThe: (where: string) => `in the ${where}`,
  body: 'Body',
};

/** How a person's own cluster is used. */
export const ownCluster = {
  title: 'Use a cluster of your own',
  about:
    'GuildNet uses the current context of your kubeconfig. Nothing has to be installed in the cluster beforehand; the context needs the right to create the Workspace definition once, and Deployments, Services and pods in its namespace.',
  file: 'The kubeconfig is the file that this names:',
  orFile: 'or else',
  check: 'Check that the cluster answers:',
  choose: 'Choose the context if there are several:',
  retry: 'Press Retry. If the file lies elsewhere, start GuildNet with this in its environment:',
};
