import { GuildNetError } from '#contract/errors.ts';
import type { ProgramEnd } from '../../run-bounded.ts';
import { saidByPlugin } from './said.ts';

/** What the reader is told about a program that gave no credentials. `details.program` tells such errors from refusals of the cluster. */
export function pluginError(program: string, problem: string, remedy: string, cause?: unknown): GuildNetError {
  return new GuildNetError(
    'cluster_unauthorized',
    `The kubeconfig gets its credentials from the program "${program}", ${problem}.`,
    {
      remedy,
      details: { program },
      cause,
    },
  );
}

/** The error for every way to end but printing. `hint`: the kubeconfig's own words for who lacks the program. */
export function endError(
  program: string,
  end: Exclude<ProgramEnd, { kind: 'printed' }>,
  { hint, limitMs }: { hint: string; limitMs: number },
): GuildNetError {
  const again = 'Log in to the cluster again, for instance with kubectl in a terminal, then retry.';
  const said = 'stderr' in end ? saidByPlugin(end.stderr) : '';
  const words = said === '' ? '' : `: ${said}`;
  switch (end.kind) {
    case 'failed':
      return pluginError(program, `which failed (exit code ${String(end.code ?? 'none')})${words}`, again);
    case 'hung':
      return pluginError(
        program,
        `which did not end within ${String(Math.round(limitMs / 1000))} s and was ended${words}`,
        again,
      );
    case 'too-much':
      return pluginError(
        program,
        'which printed more than 1 MiB and was ended',
        'Correct the kubeconfig or the program.',
      );
    case 'aborted':
      return pluginError(program, 'which was ended with what wanted it', 'Try again.');
    case 'not-started': {
      const code = end.cause instanceof Error && 'code' in end.cause ? String(end.cause.code) : 'ENOENT';
      const install = saidByPlugin(hint);
      const remedy = `Install "${program}" or put it on the PATH of GuildNet.${install === '' ? '' : ` ${install}`}`;
      return pluginError(program, `which cannot be started (${code})`, remedy, end.cause);
    }
  }
}
