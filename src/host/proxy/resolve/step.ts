/** One rule that was looked at on the way to a target, for those who ask why (`/api/proxy-debug`). */
export interface Step {
  rule: 'form' | 'access' | 'service' | 'agent-host' | 'derived' | 'place' | 'address' | 'pod' | 'transport';
  outcome: 'taken' | 'passed' | 'refused';
  why: string;
}

export type Tell = (step: Step) => void;

/** For those who do not ask. */
export const tellNobody: Tell = () => undefined;
