import { awakeWords } from '#contract/awake-words.ts';

/** One workspace: what it is doing, and what can be done with it. */
export const workspace = {
  views: {
    workspace: 'Back to it',
    terminal: 'Terminal',
    logs: 'Logs',
    ports: 'Ports',
    events: 'Events',
    yaml: 'YAML',
    sharing: 'Share',
  },
  titleOf: (what: string, name: string) => `${what} of ${name}`,
  otherPorts: 'Other ports',
  reload: 'Reload',
  reconnecting: 'Reconnecting… What is open goes on by itself.',
  renewed: 'The workspace was started anew. What ran in it, as in terminals, has ended and cannot be resumed.',
  renewedRemedy: 'Files in its home are as they were. Save what stands in its editors, then load the page anew.',
  openInTab: 'Open in a new tab',
  openInBrowser: 'Open in the browser',
  start: 'Start',
  stop: 'Stop',
  restart: 'Restart',
  restartHint: 'Start it afresh; what is in its home stays',
  delete: 'Delete',
  deleteTitle: 'Delete workspace?',
  deleteConfirm: 'Delete workspace',
  isRemoved: 'is stopped and removed from the cluster',
  withEverything: 'with everything in it. This cannot be undone.',
  homeIsKept: (span: string) =>
    `with everything outside of its home. The home is kept for ${span}, and you can restore it.`,
  deleteHomeToo: 'Delete its home and all files in it as well. This cannot be undone.',
  absent: 'There is no workspace of this name. It may have been deleted.',
  expected: 'Asked for. Waiting for the cluster to show it…',
  steps: ['Accepted by the cluster', 'Placed on a node', 'Container started and answering'],
  stepsTitle: 'Steps',
  changedImage: 'Launch with a changed image…',
  startAbove: 'Start it with the button above; everything it keeps is still there.',
  timeline: {
    title: 'Where the start time went',
    steps: {
      place: 'Finding a node, with its volume',
      image: 'Fetching the image',
      container: 'Starting the container',
      program: 'The program coming up',
    },
    soFar: 'so far',
    underASecond: 'under 1 s',
  },
  events: 'Events',
  clusterSays: 'What the cluster says',
  startToGoOn: 'Start it to go on; nothing is lost.',
  storageBlocked: 'This browser lets no page inside another one store anything, so the application may not work here.',
  storageInTab: 'It has storage of its own in a tab.',
  openItInTab: 'Open it in a tab',
  awake: (since: string, why: string, until: string) =>
    `Awake since ${since}: ${why}. It stops at ${until} if nothing more comes.`,
  awakeBy: awakeWords,
};

/** What each phase means to the person who looks at its page. */
export const phase = {
  Pending: { title: 'Waiting for a place', text: 'The cluster is finding a node to run it on.' },
  Starting: {
    title: 'Starting',
    text: (node: string | undefined) =>
      `${node === undefined ? 'The node' : `Node ${node}`} fetches the image if it has to, starts the container and waits for its first answer.`,
  },
  Running: {
    title: 'Running',
    noPage: 'It runs, but shows no page: it listens on no port that GuildNet knows of.',
    opening: 'Opening the IDE…',
  },
  Stopped: { title: 'Stopped', text: 'Nothing of it runs.' },
  Failed: { title: 'It does not run', text: 'The cluster could not start it, or it ended by itself.' },
  Terminating: { title: 'Being deleted', text: 'The cluster stops it and removes what belongs to it.' },
};
