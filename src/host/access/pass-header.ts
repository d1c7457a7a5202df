/**
 * In this header the app's window shows a workspace who it is. A workspace's pages, frames, pop-ups and workers have many
 * origins, one for each port; the session of the window adds it to all of their requests, and no script can read it. It ends here:
 * workspaces do not see it.
 */
export const passHeader = 'guildnet-session';
