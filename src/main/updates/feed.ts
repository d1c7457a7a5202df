const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Where newer versions are looked for; `off`: nowhere, and the person cannot change that here. */
export type Feed = { address: string } | { off: string };

/**
 * The folder on the web that says which version there is: `GUILDNET_UPDATES`, or else `built`, which a package has inside. `off` in the
 * environment means that nothing is asked. What is fetched is run, so it comes over TLS, or from this machine.
 */
export function feedOf(chosen: string | undefined, built: string | undefined): Feed {
  const text = (chosen ?? '') === '' ? (built ?? '') : (chosen ?? '');
  if (text === '') return { off: 'This GuildNet knows no place to look for newer versions at.' };
  if (text === 'off') return { off: 'GUILDNET_UPDATES=off turns it off.' };
  if (!URL.canParse(text)) return { off: 'GUILDNET_UPDATES is neither "off" nor an address.' };
  const { protocol, hostname, username, password, href } = new URL(text);
  if (username !== '' || password !== '') return { off: 'GUILDNET_UPDATES may not have a password in it.' };
  if (protocol === 'https:' || (protocol === 'http:' && localNames.has(hostname)))
    return { address: href.endsWith('/') ? href : `${href}/` };
  return { off: 'The address in GUILDNET_UPDATES has to begin with https://.' };
}
