import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ask } from '../ask.ts';
import type { CliContext } from '../context.ts';
import type { Output } from '../output/output.ts';
import { shellText } from './plan-trust.ts';
import type { TrustStep } from './plan-trust.ts';
import { searchPath } from './trust-stores.ts';

export interface TrustOptions {
  yes?: boolean;
  /** Show the commands and run none. */
  print?: boolean;
}

/** What became of a step. */
type Outcome = 'done' | 'declined' | 'to do' | 'failed';

/**
 * Goes through the steps with the person's consent for each. What cannot be run here is shown to be run by them; a step that fails is shown likewise and does
 * not end the others. Returns what became of each.
 */
export async function trustAuthority(
  context: CliContext,
  output: Output,
  steps: readonly TrustStep[],
  options: TrustOptions,
): Promise<{ store: string; command: string; outcome: Outcome; why?: string }[]> {
  const outcomes: { store: string; command: string; outcome: Outcome; why?: string }[] = [];
  for (const step of steps) {
    const command = shellText(step);
    const { store, cannot } = step;
    if (options.print === true || cannot !== undefined) {
      outcomes.push({ store, command, outcome: 'to do', ...(cannot === undefined ? {} : { why: cannot }) });
      continue;
    }
    if (options.yes !== true && !(await ask(context, `Have ${store} trust it? This runs: ${command}`))) {
      outcomes.push({ store, command, outcome: 'declined' });
      continue;
    }
    const why = await failureOf(step, context.env);
    outcomes.push({ store, command, ...(why === undefined ? { outcome: 'done' } : { outcome: 'failed', why }) });
    output.note(why === undefined ? `${store} trusts it` : `${store}: ${why}`);
  }
  return outcomes;
}

/** Why the step did not work, in words; undefined when it did. */
async function failureOf({ command, args }: TrustStep, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const child = spawn(command, args, {
    // Where it was found.
    env: { ...env, PATH: searchPath(env) },
    stdio: ['inherit', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (code === 0) return undefined;
    return said.trim().split('\n').at(-1) || `it ended with ${String(code ?? signal)}`;
  } catch (error) {
    return (error as Error).message;
  }
}
