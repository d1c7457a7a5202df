/** Several hosts of one tailnet that have the same workspaces, and what is said when one takes over from another. */
export const hosts = {
  title: 'Hosts with the same workspaces',
  lead: 'They work with the same cluster. When one is away, its pages go on at another.',
  notKnown: 'Other hosts are not known',
  here: 'you are here',
  best: 'best from here',
  answersIn: (milliseconds: string) => `answers this browser in ${milliseconds} ms`,
  clusterIn: (milliseconds: string) => `the cluster answers it in ${milliseconds} ms`,
  notReached: (url: string) =>
    `This browser does not reach it, or does not trust it yet, so that it cannot take over here. Open ${url} once.`,
  takeover: 'Another host',
  away: (name: string) => `${name} does not answer`,
  takesOver: (name: string, seconds: string) =>
    `${name} has the same workspaces, and takes over in ${seconds} s. Your workspaces keep running.`,
  offered: (name: string, owner: string) =>
    `${name} has the same workspaces. It is ${owner}'s, so you decide whether you go there. Your workspaces keep running.`,
  go: 'Go there now',
  stay: 'Stay here',
  wasAway: (name: string) => `${name} did not answer`,
  hereNow: (name: string) =>
    `You are at ${name} now, which has the same workspaces. Terminals of GuildNet that were open begin anew.`,
};
