import { z } from 'zod';
import { cutTextOf, listOf, textOf } from '#contract/bounded.ts';

/** How a program in a container ended: with a code, or not started at all, because there is none of that name or for another reason. */
export type ExecOutcome =
  | { kind: 'exited'; code: number }
  | { kind: 'absent'; message: string }
  | { kind: 'failed'; message: string };

const statusSchema = z.object({
  status: z.enum(['Success', 'Failure']),
  reason: textOf(256).optional(),
  message: cutTextOf(2_000).optional(),
  details: z
    .object({
      causes: listOf(z.object({ reason: textOf(256).optional(), message: cutTextOf(256).optional() }), 64).optional(),
    })
    .optional(),
});

/** What runc, crun and youki say of a program that the image does not have, or that needs an interpreter that it does not have. */
const absentWords = /no such file or directory|executable file .{0,300}not found|not found in \$?PATH/i;

/**
 * Reads what comes on the error channel at the end: a `metav1.Status`, whose cause `ExitCode` has the code
 * (k8s.io/apimachinery pkg/util/remotecommand; kubelet, pkg/cri/streaming/remotecommand/exec.go).
 */
export function execOutcome(text: string): ExecOutcome {
  const status = parse(text);
  if (status === undefined) return { kind: 'failed', message: text.slice(0, 500).trim() };
  if (status.status === 'Success') return { kind: 'exited', code: 0 };
  const cause = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  if (status.reason === 'NonZeroExitCode' && cause !== undefined && /^\d{1,3}$/.test(cause))
    return { kind: 'exited', code: Number(cause) };
  const message = status.message ?? 'The container runtime did not say why.';
  return { kind: absentWords.test(message) ? 'absent' : 'failed', message };
}

function parse(text: string): z.infer<typeof statusSchema> | undefined {
  try {
    return statusSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not a Status: a gateway in between, perhaps.
    return undefined;
  }
}
