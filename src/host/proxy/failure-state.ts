import type { ErrorBody } from '#contract/errors.ts';
import { remedyOf } from '#contract/errors.ts';

/** Why a workspace cannot be had, as a page shows it and asks for again; all of it is text, nothing is markup. */
export interface FailureState {
  title: string;
  message: string;
  remedy: string | undefined;
  code: string;
  /** The machine's word for it, such as `ImagePullBackOff`. */
  reason: string | undefined;
  /** Seconds until it is worth looking again, or undefined when only a person can change something. */
  look: number | undefined;
  /** Opening it again starts it. */
  wakes: boolean;
}

/** The request header by which a waiting page asks for its state. A page of another origin cannot send it without being allowed to. */
const stateHeader = 'x-guildnet-waiting';

const phaseTitles: Partial<Record<string, string>> = {
  Pending: 'The workspace is starting',
  Starting: 'The workspace is starting',
  Running: 'The workspace is not ready',
  Stopped: 'The workspace is stopped',
  Failed: 'The workspace has failed',
};

const titles: Partial<Record<string, string>> = {
  not_ready: 'The workspace is not ready',
  not_found: 'There is no such workspace',
  forbidden: 'This is not allowed',
  unauthorized: 'You are not signed in',
  no_cluster: 'No cluster is connected',
  cluster_offline: 'The cluster does not answer',
  cluster_unauthorized: 'The cluster does not accept our credentials',
  unsupported: 'This cannot be opened',
};

const looks: Partial<Record<string, number>> = {
  upstream_failed: 5,
  cluster_offline: 5,
  no_cluster: 5,
  cluster_unauthorized: 10,
  timeout: 5,
  overloaded: 5,
  // It may be restored.
  not_found: 10,
};

function lookAfter({ code, details }: ErrorBody): number | undefined {
  if (code !== 'not_ready') return looks[code];
  const phase = details?.['phase'];
  return phase === 'Failed' || phase === 'Stopped' ? 5 : 1;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What to show of an error. */
export function failureState(body: ErrorBody): FailureState {
  const { code, message, details } = body;
  const phase = textOf(details?.['phase']);
  return {
    title:
      (code === 'not_ready' && phase !== undefined ? phaseTitles[phase] : undefined) ??
      titles[code] ??
      'The workspace could not be reached',
    message,
    remedy: remedyOf(body),
    code,
    reason: textOf(details?.['reason']),
    look: lookAfter(body),
    wakes: details?.['wakes'] === true,
  };
}

/** Whether this is our own page, asking whether what it waits for is there. Such a request never reaches a workspace. */
export function asksForState(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  return headers[stateHeader] !== undefined;
}
