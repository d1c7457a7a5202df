import type { Words } from '../words.ts';

export const hosts: Words['hosts'] = {
  title: 'Hosts mit denselben Workspaces',
  lead: 'Sie arbeiten mit demselben Cluster. Ist einer nicht da, gehen seine Seiten bei einem anderen weiter.',
  notKnown: 'Andere Hosts sind nicht bekannt',
  here: 'hier sind Sie',
  best: 'von hier aus am besten',
  answersIn: (milliseconds) => `antwortet diesem Browser in ${milliseconds} ms`,
  clusterIn: (milliseconds) => `der Cluster antwortet ihm in ${milliseconds} ms`,
  notReached: (url) =>
    `Dieser Browser erreicht ihn nicht, oder vertraut ihm noch nicht; so kann er hier nicht übernehmen. Öffnen Sie einmal ${url}.`,
  takeover: 'Ein anderer Host',
  away: (name) => `${name} antwortet nicht`,
  takesOver: (name, seconds) =>
    `${name} hat dieselben Workspaces und übernimmt in ${seconds} s. Ihre Workspaces laufen weiter.`,
  offered: (name, owner) =>
    `${name} hat dieselben Workspaces. Er gehört ${owner}, deshalb entscheiden Sie, ob Sie dorthin gehen. Ihre Workspaces laufen weiter.`,
  go: 'Jetzt dorthin',
  stay: 'Hier bleiben',
  wasAway: (name) => `${name} hat nicht geantwortet`,
  hereNow: (name) =>
    `Sie sind jetzt bei ${name}, mit denselben Workspaces. Offene Terminals von GuildNet beginnen neu.`,
};
