/** Of the shell that was asked, of a session, or what would change how we ourselves or our children are run; and our home, which is chosen before. */
const itsOwn =
  /^(?:_|SHLVL|PWD|OLDPWD|TERM|COLORTERM|COLUMNS|LINES|PS\d|PROMPT\w*|GUILDNET_HOME|GUILDNET_RESOLVING_ENVIRONMENT|NODE_OPTIONS|NODE_\w*|ELECTRON_\w*|npm_\w*|LD_\w*|DYLD_\w*|BASH_FUNC_.*)$/;

/** More variables, or more text in one, than any environment has (Linux, execve(2)). */
const mostVariables = 10_000;
const mostCharacters = 131_072;

/** Whether a shell has started us, so that its environment is ours already: docks, menus and session managers set no TERM. */
export function startedByShell(env: NodeJS.ProcessEnv): boolean {
  return (env['TERM'] ?? '') !== '';
}

/** The variables between two marks in what a shell printed, each ended by NUL; whatever its start-up files print around them does not count. Undefined: no marks. */
export function variablesBetween(printed: string, mark: string): Map<string, string> | undefined {
  const [, between, end] = printed.split(mark);
  if (between === undefined || end === undefined) return undefined;
  const variables = new Map<string, string>();
  for (const entry of between.split('\0').slice(0, mostVariables)) {
    const at = entry.indexOf('=');
    if (at > 0 && entry.length <= mostCharacters) variables.set(entry.slice(0, at), entry.slice(at + 1));
  }
  return variables;
}

/**
 * What the login shell's environment adds to ours: what we lack, and its PATH before the folders of ours that are not on it. What was
 * given to us stays: whoever started us meant it.
 */
export function additions(own: NodeJS.ProcessEnv, shell: ReadonlyMap<string, string>): Record<string, string> {
  const added: Record<string, string> = {};
  for (const [name, value] of shell) {
    const known = own[name] ?? '';
    if (name === 'PATH') added[name] = joined(value, known);
    else if (known === '' && value !== '' && !itsOwn.test(name)) added[name] = value;
  }
  return added;
}

function joined(first: string, then: string): string {
  const folders = [...first.split(':'), ...then.split(':')].filter((folder) => folder !== '');
  return [...new Set(folders)].join(':');
}
