/** A program and its arguments. */
export interface Command {
  program: string;
  args: readonly string[];
}

/**
 * One argument of `Exec` as the Desktop Entry Specification has it ("The Exec key"): quoted, with four characters escaped by a backslash, a
 * percent sign doubled, since it begins a field code; and then once more as a value of a key, where a backslash is an escape itself.
 * Undefined for a line break or a NUL, which no quoting carries.
 */
function quoted(text: string): string | undefined {
  // oxlint-disable-next-line no-control-regex
  if (/[\0\n\r]/.test(text)) return undefined;
  const argument = `"${text.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`;
  return argument.replaceAll('\\', '\\\\');
}

/** The autostart file of a program (XDG Desktop Application Autostart Specification); undefined where its path cannot be written in one. */
export function autostartEntry({ program, args }: Command): string | undefined {
  const words = [program, ...args].map(quoted);
  if (words.includes(undefined)) return undefined;
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=GuildNet',
    'Comment=Dev machines on any Kubernetes cluster',
    `Exec=${words.join(' ')}`,
    'Icon=guildnet-desktop',
    'Terminal=false',
    'StartupNotify=false',
    // Panels that show trays begin in the same seconds.
    'X-GNOME-Autostart-Delay=2',
    '',
  ].join('\n');
}

/** What an autostart file brings about at login, whoever wrote it. */
export function readAutostart(text: string): { atLogin: boolean; hidden: boolean } {
  const keys = new Map<string, string>();
  let isInside = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('[')) isInside = line.trim() === '[Desktop Entry]';
    const [, key, value] = /^([A-Za-z0-9-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (isInside && key !== undefined && value !== undefined && !keys.has(key)) keys.set(key, value);
  }
  const isOff = keys.get('Hidden') === 'true' || keys.get('X-GNOME-Autostart-enabled') === 'false';
  const exec = keys.get('Exec') ?? '';
  return { atLogin: exec !== '' && !isOff, hidden: /(?:^|\s)"?--hidden"?(?=\s|$)/.test(exec) };
}
