export interface UnitOptions {
  /** Node, and the command line's file: absolute. */
  node: string;
  program: string;
  /** Arguments of `guildnet serve`. */
  args: readonly string[];
  /** Variables that the host is to have besides those of the person's session. */
  env: Readonly<Record<string, string>>;
  /** Where `./certs` is looked for. */
  folder: string;
}

/** A word of a command line in a unit, whatever is in it (systemd.service(5), "COMMAND LINES"; systemd.unit(5), specifiers). */
function word(text: string, isProgram = false): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('\n', '\\n');
  return `"${isProgram ? escaped : escaped.replaceAll('$', '$$$$')}"`;
}

/** A variable's assignment (systemd.exec(5), `Environment=`): dollars mean nothing there. */
function assignment(name: string, value: string): string {
  return `Environment=${word(`${name}=${value}`, true)}`;
}

/**
 * The unit of a host that runs for as long as the person's session, or for good with lingering (systemd.service(5)). It is started anew when it fails, but not where its settings
 * are wrong (exit code 1 within moments, five times), and gets the time that it takes to end sockets and to give its lease back. Pure.
 */
export function unitText({ node, program, args, env, folder }: UnitOptions): string {
  const command = [word(node, true), ...[program, 'serve', ...args].map((one) => word(one))].join(' ');
  return `[Unit]
Description=GuildNet host
StartLimitIntervalSec=60
StartLimitBurst=5

[Service]
Type=exec
ExecStart=${command}
WorkingDirectory=${folder.replaceAll('%', '%%')}
${Object.entries(env)
  .map(([name, value]) => `${assignment(name, value)}\n`)
  .join('')}Restart=on-failure
RestartSec=2
TimeoutStopSec=30
KillMode=mixed

[Install]
WantedBy=default.target
`;
}
