import type { V1Pod } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import type { Clock } from '../../kube/clock.ts';
import { containerPorts, schemeOf } from '../desired/ports.ts';
import { probeChoice, probedPort } from '../desired/probes.ts';
import { ownStatus, podCondition } from '../failures/pod-state.ts';
import { isLife } from './answer.ts';
import type { Answer } from './answer.ts';
import type { ProgramQuestion } from './ask-program.ts';
import { Turns } from './turns.ts';

/** What is asked of a program, but for the way to it. */
export type Asked = Omit<ProgramQuestion, 'open' | 'signal'>;

/** Knows what the programs answer whose port is open, asking each until it answers as something that is up, and then no more. */
export interface ProgramAnswers {
  /**
   * What the program of this pod answers; `awaited` while that is not known yet, undefined where nothing is asked: its port is
   * not open, its Workspace wants no request, or its status says already that it answers.
   */
  of(workspace: Workspace, pod: V1Pod | undefined): Answer | 'awaited' | undefined;
  /** The Workspace is gone. */
  forget(name: string): void;
  /** Asks nothing more. */
  stop(): void;
}

export interface ProgramAnswersOptions {
  /** Asks once; never rejects. */
  ask(pod: string, asked: Asked, signal: AbortSignal): Promise<Answer>;
  /** Nothing more is asked of this pod. */
  done(pod: string): void;
  /** The answer of this Workspace's program is another one. */
  changed(workspace: string): void;
  clock: Clock;
}

/** Of programs at once. After an outage thousands may come up together, and each is a connection of the API server. */
const atATime = 32;
/** How long until the next question, in milliseconds, by the number of questions before: quick while it starts, then ever more seldom. */
function pauseAfter(asked: number): number {
  return asked < 15 ? 1_000 : asked < 40 ? 5_000 : 15_000;
}
/** As often in a row as this it is believed that a program cannot be asked, although that might pass. */
const mostUnknown = 3;
/**
 * As many questions in a row without an answer, of whatever programs, mean that there is no way to any of them: then all are believed for
 * a while, in milliseconds, or thousands of them would wait for each other's time to run out.
 */
const noWay = { questions: 8, forMs: 30_000 };
const unasked: Answer = { is: 'unknown', passing: false };

interface Watched {
  key: string;
  answer: Answer | undefined;
  ending: AbortController;
}

export function createProgramAnswers({ ask, done, changed, clock }: ProgramAnswersOptions): ProgramAnswers {
  const watched = new Map<string, Watched>();
  const turns = new Turns(atATime);
  let unanswered = 0;
  let believedUntil = Number.NEGATIVE_INFINITY;

  const askIfThereIsAWay = async (pod: string, asked: Asked, signal: AbortSignal): Promise<Answer> => {
    if (clock.now() < believedUntil) return unasked;
    const answer = await ask(pod, asked, signal);
    if (signal.aborted) return answer;
    unanswered = answer.is === 'unknown' ? unanswered + 1 : 0;
    if (unanswered >= noWay.questions) {
      unanswered = 0;
      believedUntil = clock.now() + noWay.forMs;
    }
    return answer;
  };

  const end = (name: string): void => {
    watched.get(name)?.ending.abort();
    watched.delete(name);
  };

  const follow = async (name: string, pod: string, asked: Asked, one: Watched): Promise<void> => {
    const { signal } = one.ending;
    let unknown = 0;
    for (let count = 1; !signal.aborted; count += 1) {
      const answer = await turns.take(() => askIfThereIsAWay(pod, asked, signal));
      if (signal.aborted) break;
      unknown = answer.is === 'unknown' ? unknown + 1 : 0;
      const settled = answer.is !== 'unknown' || !answer.passing || unknown >= mostUnknown;
      if (settled && !isSame(answer, one.answer)) {
        one.answer = answer;
        changed(name);
      }
      if (settled && isLife(answer)) break;
      await pause(clock, pauseAfter(count), signal);
    }
    done(pod);
  };

  return {
    of: (workspace, pod) => {
      const { name } = workspace.metadata;
      const asked = questionFor(workspace);
      const podName = pod?.metadata?.name;
      if (asked === undefined || podName === undefined || podCondition(pod, 'Ready')?.status !== 'True') {
        end(name);
        return undefined;
      }
      const key = `${pod?.metadata?.uid ?? ''} ${String(ownStatus(pod)?.restartCount ?? 0)} ${asked.path}`;
      const known = watched.get(name);
      if (known?.key === key) return known.answer ?? 'awaited';
      end(name);
      // Another leader has asked, or we before we lost the lease.
      if (known === undefined && isKnownToAnswer(workspace, podName)) return undefined;
      const one: Watched = { key, answer: undefined, ending: new AbortController() };
      watched.set(name, one);
      void follow(name, podName, asked, one);
      return 'awaited';
    },
    forget: end,
    stop: () => {
      for (const name of [...watched.keys()]) end(name);
    },
  };
}

function questionFor({ spec }: Workspace): Asked | undefined {
  const { kind, path } = probeChoice(spec);
  const port = probedPort(containerPorts(spec));
  if (kind === 'tcp' || kind === 'none' || port === undefined) return undefined;
  return { port: port.containerPort, scheme: schemeOf(port), path, withinMs: kind === 'slow' ? 15_000 : 5_000 };
}

function isKnownToAnswer({ status }: Workspace, pod: string): boolean {
  return status?.phase === 'Running' && status.podName === pod;
}

function isSame(one: Answer, other: Answer | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

async function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    const cancel = clock.after(milliseconds, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    const abort = (): void => {
      cancel();
      resolve();
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}
