import { GuildNetError } from '#contract/errors.ts';

/** `bad_config` about one kubeconfig: the file, what is wrong in it, what to do. `problem` never holds a value of a secret field. */
export function badKubeconfig(
  file: string,
  problem: string,
  { cause, line, remedy }: { cause?: unknown; line?: number | undefined; remedy?: string } = {},
): GuildNetError {
  return new GuildNetError('bad_config', `The kubeconfig ${file} cannot be used: ${problem}.`, {
    remedy: remedy ?? 'Correct the file; `kubectl config view` shows how kubectl reads it.',
    details: { file, ...(line === undefined ? {} : { line }) },
    cause,
  });
}

/** Why a file that is named could not be read, in words. */
export function unreadable(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user';
    case 'EISDIR':
      return 'is a folder';
    default:
      return 'cannot be read';
  }
}
