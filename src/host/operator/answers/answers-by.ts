import { systemClock } from '../../kube/clock.ts';
import type { PortForward } from '../../proxy/transport/port-forward.ts';
import { askProgram } from './ask-program.ts';
import { createProgramAnswers } from './program-answers.ts';
import type { ProgramAnswers } from './program-answers.ts';

/** The way to the programs, which is let go when they have answered. */
export type ProgramTunnels = Pick<PortForward, 'open' | 'forget'>;

/** What programs answer that are asked through tunnels. `changed` is told whose answer is another one. */
export function answersBy(
  tunnels: ProgramTunnels,
  namespace: string,
  changed: (workspace: string) => void,
): ProgramAnswers {
  return createProgramAnswers({
    ask: (pod, asked, signal) =>
      askProgram({ ...asked, open: () => tunnels.open({ namespace, pod, port: asked.port }), signal }),
    done: (pod) => tunnels.forget({ namespace, pod }),
    changed,
    clock: systemClock,
  });
}
