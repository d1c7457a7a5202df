import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { accessReview, answerOf, selfSubjectReviewSchema } from './answer.ts';
import type { Answer, Failure } from './answer.ts';

const accessSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/** What kubectl's words mean, the more particular before the more general; whatever else it says is about the kubeconfig. */
/* `No` is what our proxies say. */
const words: readonly [RegExp, Failure][] = [
  [/exec plugin: invalid apiVersion|interactiveMode must be|invalid interactiveMode/, 'config'],
  [/getting credentials|exec plugin|exec: executable/, 'credentials'],
  [/x509: |tls: failed to verify/, 'certificate'],
  [
    /connection refused|was refused|no such host|proxyconnect|socks connect|server gave HTTP response|to the server: No$/m,
    'unreachable',
  ],
  [/You must be logged in|Unauthorized/, 'unauthorized'],
  [/Forbidden|forbidden|you do not have permission/, 'forbidden'],
];

/** Asks kubectl who one is, and whether one may forward ports in the namespace. */
export async function askKubectl(program: string, env: NodeJS.ProcessEnv, namespace: string): Promise<Answer> {
  const who = await run(program, env, ['auth', 'whoami', '--output', 'json']);
  if (who.code !== 0)
    return { kind: words.find(([pattern]) => pattern.test(who.stderr))?.[1] ?? 'config', said: who.stderr };
  const review = ['create', '--raw', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', '--filename', '-'];
  const may = await run(program, env, review, JSON.stringify(accessReview(namespace)));
  if (may.code !== 0) throw new Error(`kubectl cannot ask what one may do: ${may.stderr}`);
  const { allowed } = accessSchema.parse(JSON.parse(may.stdout)).status;
  return answerOf(selfSubjectReviewSchema.parse(JSON.parse(who.stdout)), allowed);
}

async function run(
  program: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  input = '',
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  // One that ends early does not read.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  return { code: child.exitCode ?? 1, stdout, stderr };
}
