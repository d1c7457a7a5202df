import { connect, type Socket } from 'node:net';
import { busCall, readBusMessage } from './bus-message.ts';

/** More than a bus says before it answers. */
const longestGreeting = 1_024;
const helloSerial = 1;
const questionSerial = 2;

/**
 * Asks the bus at a socket whether somebody owns `name` there, within `limitMs`. Rejects when it does not answer or is no bus.
 * Signs in as the user of this process (D-Bus specification, "Authentication Protocol", EXTERNAL).
 */
export function nameHasOwner(socketPath: string, name: string, limitMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    let received = Buffer.alloc(0);
    let isIn = false;
    const finish = (outcome: boolean | Error): void => {
      socket.destroy();
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    };
    socket.setTimeout(limitMs, () => finish(new Error(`The bus did not answer within ${String(limitMs)} ms.`)));
    socket.on('error', finish);
    socket.on('close', () => finish(new Error('The bus ended the connection.')));
    socket.once('connect', () => socket.write(`\0AUTH EXTERNAL ${ownUser()}\r\n`));
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      try {
        if (!isIn) {
          const rest = afterGreeting(received, socket);
          if (rest === undefined) return;
          isIn = true;
          received = rest;
          socket.write(Buffer.concat([busCall(helloSerial, 'Hello'), busCall(questionSerial, 'NameHasOwner', name)]));
        }
        const answer = takeAnswer();
        if (answer !== undefined) finish(answer);
      } catch (error) {
        finish(error instanceof Error ? error : new Error(String(error)));
      }
    });

    function takeAnswer(): boolean | undefined {
      for (let next = readBusMessage(received); next !== undefined; next = readBusMessage(received)) {
        received = received.subarray(next.length);
        const { to, isError, first } = next.answer;
        if (isError) throw new Error('The bus refused the question.');
        if (to === questionSerial) return first === 1;
      }
      return undefined;
    }
  });
}

/** What follows the bus's word that we are in; undefined while it has not come. Throws when we are not. */
function afterGreeting(received: Buffer, socket: Socket): Buffer<ArrayBuffer> | undefined {
  const end = received.indexOf('\r\n');
  if (end === -1) {
    if (received.length > longestGreeting) throw new Error('It does not speak as a bus does.');
    return undefined;
  }
  if (!received.subarray(0, end).toString('latin1').startsWith('OK ')) throw new Error('The bus did not let us in.');
  socket.write('BEGIN\r\n');
  return Buffer.from(received.subarray(end + 2));
}

function ownUser(): string {
  return Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
}
