import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import { ForwardTunnel } from './forward-tunnel.ts';
import type { KeptLines } from './kept-lines.ts';
import type { Line } from './line.ts';
import { TunnelError } from './tunnel-error.ts';

interface Adoption {
  line: Line;
  sent: Buffer;
  first: Buffer;
}

/**
 * Gives Node's HTTP client a line on which the head of its request has been sent already, and the beginning of the answer has come. What it
 * sends first has to be that head, to the byte, and is swallowed. When the answer is over, the line goes back where it came from.
 */
export class AdoptingAgent extends Agent {
  /** What `http.request` compares with the URL's scheme. */
  readonly protocol = 'http:';
  readonly #lines: KeptLines;
  readonly #giveBacks = new WeakMap<Duplex, () => void>();
  #next: Adoption | undefined;

  constructor(lines: KeptLines) {
    super({ keepAlive: true });
    this.#lines = lines;
  }

  /** The next request that is made, at once, is the one that this line has been asked with. */
  adopt(adoption: Adoption): void {
    this.#next = adoption;
  }

  override createConnection(): Duplex {
    const adoption = this.#next;
    this.#next = undefined;
    const tunnel = new ForwardTunnel();
    if (adoption === undefined) tunnel.destroy(new TunnelError('lost', 'Nothing was to be adopted.'));
    else this.#attach(tunnel, adoption);
    return tunnel;
  }

  /** Called by Node where the answer is over and the connection may be used again. False: it lets go of the tunnel. */
  override keepSocketAlive(socket: Duplex): boolean {
    this.#giveBacks.get(socket)?.();
    return false;
  }

  #attach(tunnel: ForwardTunnel, { line, sent, first }: Adoption): void {
    let swallowed = 0;
    let isOpen = false;
    let isClean = true;
    let isGiven = false;
    const held: Buffer[] = [first];
    let after: (() => void) | undefined;
    tunnel.attach({
      halfCloses: true,
      discard: () => line.release(),
      begin: (listener) => {
        const open = (): void => {
          isOpen = true;
          let wantsMore = true;
          for (const bytes of held.splice(0)) wantsMore = listener.data(bytes);
          if (after !== undefined) after();
          else if (wantsMore) line.resume();
        };
        const later = (tell: () => void): void => {
          if (isOpen) tell();
          else after = tell;
        };
        line.use({
          data(bytes) {
            // Behind the end of the answer, which nobody listens for any more.
            if (isOpen && tunnel.listenerCount('data') === 0) isClean = false;
            if (isOpen) return listener.data(bytes);
            held.push(bytes);
            return false;
          },
          end() {
            isClean = false;
            later(() => listener.end());
          },
          fail: (error) => later(() => listener.fail(error)),
          drained: () => listener.drained(),
        });
        this.#giveBacks.set(tunnel, () => {
          if (!isClean || tunnel.readableLength > 0) return;
          isGiven = true;
          this.#lines.giveBack(line);
        });
        return {
          write(chunk) {
            if (swallowed >= sent.length) return line.write(chunk);
            const part = sent.subarray(swallowed, swallowed + chunk.length);
            if (!part.equals(chunk)) {
              process.nextTick(() => listener.fail(new TunnelError('protocol', 'The request is not the one sent.')));
              return true;
            }
            swallowed += chunk.length;
            if (swallowed === sent.length) process.nextTick(open);
            return true;
          },
          end: () => line.end(),
          fade: () => line.fade(),
          resume: () => {
            if (isOpen && !isGiven) line.resume();
          },
          release: () => {
            if (!isGiven) line.release();
          },
        };
      },
    });
  }
}
