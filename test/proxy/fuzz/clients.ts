import type { FrontAddress } from '../front.ts';
import { openHttp2 } from '../http2-client.ts';
import { openRaw } from '../raw-client.ts';
import type { Outcome } from '../raw-client.ts';
import type { FuzzAnswer } from './grammar.ts';

/** A client that asks for the answers of seeds, one after another. */
export interface FuzzClient {
  ask(seed: number, answer: FuzzAnswer): Promise<Outcome>;
  /** Whether its connection still serves after this one. */
  serves(answer: FuzzAnswer, outcome: Outcome): boolean;
  close(): void;
}

/** Milliseconds that a client waits for an answer that is not in order before it leaves. */
const shortPatience = 150;
const longPatience = 10_000;

const methods = { get: 'GET', head: 'HEAD', post: 'POST', upgrade: 'GET' } as const;
const upgradeFields =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

const patienceFor = ({ whole }: FuzzAnswer): number => (whole === undefined ? shortPatience : longPatience);

export async function openHttp1(front: FrontAddress): Promise<FuzzClient> {
  const connection = await openRaw(front);
  return {
    ask(seed, answer) {
      const { ask } = answer;
      const more = ask === 'upgrade' ? upgradeFields : ask === 'post' ? 'Content-Length: 5\r\n' : '';
      const head = `${methods[ask]} /f/${seed} HTTP/1.1\r\nHost: ${front.authority('w')}\r\n${more}\r\n`;
      return connection.ask({
        bytes: ask === 'post' ? `${head}hello` : head,
        head: ask === 'head',
        upgrade: ask === 'upgrade',
        patience: patienceFor(answer),
      });
    },
    serves: ({ ask }, outcome) => !connection.ended && outcome.kind === 'complete' && ask !== 'upgrade',
    close: () => connection.close(),
  };
}

/** Over HTTP/2 one connection serves on whatever became of an answer. */
export async function openHttp2Client(front: FrontAddress): Promise<FuzzClient> {
  const client = await openHttp2(front);
  return {
    async ask(seed, answer) {
      const { ask } = answer;
      const upgrade = ask === 'upgrade';
      const { outcome } = await client.ask({
        headers: {
          ':path': `/f/${seed}`,
          ...(upgrade
            ? { ':method': 'CONNECT', ':protocol': 'websocket', 'sec-websocket-version': '13' }
            : { ':method': methods[ask] }),
        },
        upgrade,
        patience: patienceFor(answer),
        ...(ask === 'post' ? { body: 'hello' } : {}),
      });
      return outcome;
    },
    serves: () => !client.ended,
    close: () => client.close(),
  };
}
