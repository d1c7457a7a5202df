/** What operations are grouped by, in words. */
export const tags = {
  host: 'The host itself: whether it lives, what it is, what changes.',
  workspaces: 'Workspaces as a resource.',
  servers: "The specification's older names for workspaces.",
  logs: 'What workspaces print.',
  terminals: 'Shells and programs in workspaces.',
  forwards: "Ports of workspaces at the host's machine.",
  shares: 'Workspaces that are shared with others of the tailnet, and who has which Capability.',
  homes: 'The volumes that outlive workspaces.',
  cluster: 'The connection to the cluster.',
  tailnet: 'The tailnet, by which other devices reach this host.',
  access: 'Who may call.',
  images: 'What is offered at launch.',
  presets: 'What is offered at launch, and how it is changed.',
  proxy: 'The way to what runs in a workspace.',
  pages: 'What browsers open.',
} as const;

const rooms: Readonly<Record<string, keyof typeof tags>> = {
  workspaces: 'servers',
  resources: 'workspaces',
  all: 'workspaces',
};

/** The group of a call of the contract: its room there, or what that is called here. */
export function tagOf(call: string): string {
  const room = call.split('.')[0] ?? '';
  return rooms[room] ?? room;
}
