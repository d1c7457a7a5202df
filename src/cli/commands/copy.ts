import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import type { CliContext } from '../context.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

interface CopyOptions extends HostOptions {
  container?: string;
}

export function addCopy(program: Command, context: CliContext): void {
  hostCommand(program, 'cp', 'Copy files and directories to or from a workspace', [
    'cp notes.txt code-server-1a2b3:/home/coder/',
    'cp code:work ./work',
    'cp ./site code:/srv/www',
  ])
    .argument('<from>', 'a path, or ID:path in a workspace')
    .argument('<to>', 'the same')
    .option('-c, --container <name>', 'another container of its pod')
    .addHelpText(
      'after',
      '\nA directory is copied with all that is in it. The image needs tar. Links that lead out of what is copied are refused.',
    )
    .action(async (from: string, to: string, options: CopyOptions) => {
      const [{ copiedPlace }, { copyFrom, copyTo }, session] = await Promise.all([
        import('../copy/copied-place.ts'),
        import('../copy/copy.ts'),
        openSession(context, options),
      ]);
      const [source, target] = [copiedPlace(from), copiedPlace(to)];
      if (source.kind === target.kind) throw oneSide(source.kind);
      const given = source.kind === 'there' ? source.id : target.kind === 'there' ? target.id : '';
      const [id = given] = await resolveIds(session, [given]);
      const place = {
        id,
        url: session.url,
        container: options.container,
        open: () => session.openSocket(`/api/workspaces/${encodeURIComponent(id)}/exec`),
      };
      const { files, bytes, skipped } = await (source.kind === 'there'
        ? copyFrom(place, source.path, target.path)
        : copyTo(place, source.path, target.path));
      for (const one of skipped) session.output.note(`Left out: ${one}`);
      session.output.result(
        { id, files, bytes, skipped },
        () => `Copied ${String(files)} ${files === 1 ? 'file' : 'files'}, ${amount(bytes)}.`,
      );
    });
}

function oneSide(kind: 'here' | 'there'): GuildNetError {
  const message = kind === 'here' ? 'Neither side is in a workspace.' : 'Both sides are in workspaces.';
  return new GuildNetError('bad_request', message, {
    remedy: 'Write one of them as ID:path, and the other as a path on this machine (./a:b where it has a colon).',
  });
}

/** Bytes, in the largest unit that fits. */
export function amount(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const step = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return `${step === 0 ? String(bytes) : value.toFixed(1)} ${units[step] ?? ''}`;
}
