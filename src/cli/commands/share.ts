import { Option } from 'commander';
import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import { shareKinds, subjectText } from '#contract/shares.ts';
import type { Share, ShareKind, Sharing } from '#contract/shares.ts';
import type { CliContext } from '../context.ts';
import { describeSharing, shareTable } from '../output/describe-sharing.ts';
import { localTime } from '../output/local-time.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions, Session } from './host-command.ts';

interface Options extends HostOptions {
  with?: string;
  can?: ShareKind;
  until?: string;
  revoke?: string;
  qr: boolean;
}

/** `guildnet share`: with whom workspaces are shared, and where they find them; with `--with` and `--revoke` it is changed. */
export function addShare(program: Command, context: CliContext): void {
  hostCommand(program, 'share', 'Share a workspace with somebody of the tailnet, and show where they find it', [
    'share',
    'share code-server-1a2b3 --with anna@example.com --until 8h',
    'share code-server-1a2b3 --with tag:ci --can admin',
    'share code-server-1a2b3 --revoke anna@example.com',
  ])
    .argument('[id]', 'the workspace, or the beginning of its name; without it all shares are listed')
    .addOption(
      new Option('--with <who>', 'a login of the tailnet, tag:<tag>, device:<id> or everyone').conflicts('revoke'),
    )
    .addOption(new Option('--can <what>', 'open it, or start, stop, change and delete it as well').choices(shareKinds))
    .option('--until <duration>', 'for how long, such as 1h (default: until it is revoked)')
    .option('--revoke <who>', 'take it back; what they have open ends')
    .option('--no-qr', 'leave out the QR code')
    .action(async (given: string | undefined, options: Options) => {
      const session = await openSession(context, options);
      if (given === undefined) await listAll(session, options);
      else await shareOne(session, given, options);
    });
}

async function listAll({ client, output }: Session, options: Options): Promise<void> {
  if (options.with !== undefined || options.revoke !== undefined)
    throw new GuildNetError('bad_request', 'It is not said which workspace is meant.', {
      remedy: 'Name it before the options: guildnet share <id> --with <who>.',
    });
  const shares = await client.shares.list(undefined);
  output.result(shares, () => (shares.length === 0 ? '' : shareTable(shares, localTime)));
  if (shares.length === 0) output.note('Nothing is shared.');
}

async function shareOne(session: Session, given: string, options: Options): Promise<void> {
  const { client, output } = session;
  const [id = given] = await resolveIds(session, [given]);
  if (options.revoke !== undefined) {
    const { shares } = await client.shares.of({ id });
    for (const share of sharesWith(shares, options.revoke, id)) await client.shares.revoke({ id, share: share.id });
  } else if (options.with !== undefined) {
    const { can, until } = options;
    await client.shares.create({
      id,
      with: options.with,
      ...(can === undefined ? {} : { can }),
      ...(until === undefined ? {} : { until }),
    });
  }
  const sharing = await client.shares.of({ id });
  const code = options.qr && !output.json ? await codeOf(sharing) : undefined;
  output.result(sharing, () => describeSharing(sharing, code, localTime));
}

/** Those with somebody, by the word that they were made with or by their name. Throws `not_found`. */
function sharesWith(shares: readonly Share[], whom: string, id: string): Share[] {
  const found = shares.filter((share) => share.id === whom || subjectText(share.with) === whom);
  if (found.length > 0) return found;
  throw new GuildNetError('not_found', `${id} is not shared with "${whom.slice(0, 80)}".`, {
    remedy: `"guildnet share ${id}" shows with whom it is.`,
  });
}

async function codeOf({ address }: Sharing): Promise<string | undefined> {
  if (address === undefined) return undefined;
  const { renderUnicodeCompact } = await import('uqr');
  return renderUnicodeCompact(address);
}
