import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { GuildNetError } from '#contract/errors.ts';
import type { Log } from '../observability/log.ts';
import { boundedLines } from './bounded-lines.ts';
import { readNodeMessage } from './node-messages.ts';
import type { NodeCommand, NodeConfig, NodeEvent, NodeReply } from './node-messages.ts';

/** Bytes of one line of the node's; capabilities are the longest part, 16 KiB each and few. */
const longestLine = 4 * 1024 * 1024;
/** Milliseconds in which the node answers a command: it gives up after 20 s itself, with a certificate after three minutes. */
const answerMs = { usual: 30_000, certificate: 200_000 };
/** Milliseconds between closing its input and making it end. */
const graceMs = 5_000;

export interface NodeProcess {
  readonly pid: number | undefined;
  /** Rejects with `upstream_failed` when the node refuses or ends, `timeout` when it does not answer. */
  command(command: NodeCommand): Promise<NodeReply>;
  /** Resolves when it has ended, with why. */
  readonly ended: Promise<string>;
  /** Ends it, and resolves once it has. */
  stop(): Promise<void>;
}

export interface NodeProcessOptions {
  program: string;
  config: NodeConfig;
  env: NodeJS.ProcessEnv;
  onEvent(event: NodeEvent): void;
  log: Log;
}

/** What of our environment is the node's business: how to reach the control server, and tsnet's own switches. */
function nodeEnv(env: NodeJS.ProcessEnv, dir: string): NodeJS.ProcessEnv {
  const passed = Object.entries(env).filter(([name]) =>
    /^(?:(?:https?|no|all)_proxy|SSL_CERT_(?:FILE|DIR)|TS_(?!AUTH_?KEY)[A-Z0-9_]+|GOMEMLIMIT|SystemRoot|TEMP|TMP)$/i.test(
      name,
    ),
  );
  return { ...Object.fromEntries(passed), HOME: dir };
}

/** Starts the node. It ends with this process, whose end of its input closes then. */
export function startNode({ program, config, env, onEvent, log }: NodeProcessOptions): NodeProcess {
  const child = spawn(program, [], {
    env: nodeEnv(env, config.dir),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const waiting = new Map<number, (reply: NodeReply | undefined) => void>();
  let lastId = 0;
  let lastError: string | undefined;

  const hear = (line: string): void => {
    const message = readNodeMessage(line);
    if ('id' in message) {
      waiting.get(message.id)?.(message);
      return;
    }
    if (message.event === 'unread') {
      log.warn({ length: line.length, why: message.why }, 'The tailnet node said what cannot be read');
      if (message.what === 'status') onEvent(message);
      else if (message.what !== 'other') {
        const { reply: id } = message.what;
        waiting.get(id)?.({ id, error: `what it answers cannot be read: ${message.why}` });
      }
      return;
    }
    if (message.event === 'error') lastError = message.message;
    onEvent(message);
  };
  boundedLines(child.stdout, longestLine, hear, () => child.kill('SIGKILL'));
  // Go's runtime writes here when it crashes; tsnet's own log is off.
  createInterface({ input: child.stderr }).on('line', (line) =>
    log.warn({ said: line.slice(0, 500) }, 'The tailnet node complains'),
  );
  // It has ended: `ended` says so.
  child.stdin.on('error', (error) => log.debug({ err: error }, 'The tailnet node does not listen'));

  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`it could not be started: ${error.message}`));
    child.once('close', (code, signal) => resolve(lastError ?? `it ended with ${String(code ?? signal)}`));
  }).then((why) => {
    for (const answer of waiting.values()) answer(undefined);
    return why;
  });
  const send = (line: object): void => void child.stdin.write(`${JSON.stringify(line)}\n`);
  send(config);

  return {
    pid: child.pid,
    ended,
    async command(command) {
      if (child.exitCode !== null || child.signalCode !== null) throw gone();
      const id = (lastId += 1);
      const { promise, resolve } = Promise.withResolvers<NodeReply | 'late' | undefined>();
      const timer = setTimeout(
        () => resolve('late'),
        command.do === 'certificate' ? answerMs.certificate : answerMs.usual,
      );
      waiting.set(id, resolve);
      send({ id, ...command });
      const reply = await promise;
      clearTimeout(timer);
      waiting.delete(id);
      if (reply === undefined) throw gone();
      if (reply === 'late')
        throw new GuildNetError('timeout', `The tailnet node did not answer to "${command.do}" in time.`);
      if (reply.error !== undefined)
        throw new GuildNetError('upstream_failed', `The tailnet node refused "${command.do}": ${reply.error}.`);
      return reply;
    },
    async stop() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

function gone(): GuildNetError {
  return new GuildNetError('upstream_failed', 'The tailnet node is not running.', {
    remedy: 'It is started again by itself; "guildnet tailnet status" says how it fares.',
  });
}
