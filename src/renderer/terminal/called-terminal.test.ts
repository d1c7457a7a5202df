import { ORPCError } from '@orpc/client';
import { expect, test, vi } from 'vitest';
import type { ErrorBody } from '#contract/errors.ts';
import type { HostClient } from '#contract/routes.ts';
import type { TerminalEvent } from '#contract/terminal.ts';
import { calledTerminals } from './called-terminal.ts';

// The host is a fake whose answers come when the test says so.

const size = { cols: 80, rows: 24 };

interface Sent {
  input?: string;
  ack?: number;
}

function hostWith(
  events: AsyncIterable<TerminalEvent>,
  answer: () => Promise<unknown> = () => Promise.resolve({ sent: true }),
) {
  const sent: Sent[] = [];
  const asked: object[] = [];
  const terminals = {
    open: () => Promise.resolve({ session: 'new1' }),
    follow: (input: object) => {
      asked.push(input);
      return Promise.resolve(events);
    },
    send: (message: Sent) => {
      sent.push({
        ...(message.input === undefined ? {} : { input: atob(message.input) }),
        ...(message.ack === undefined ? {} : { ack: message.ack }),
      });
      return answer();
    },
  };
  return { sent, asked, host: { terminals } as unknown as Pick<HostClient, 'terminals'> };
}

function listening() {
  const heard = { text: '', types: [] as string[], closed: [] as (ErrorBody | undefined)[] };
  return {
    heard,
    listener: {
      message: ({ type }: { type: string }) => heard.types.push(type),
      output: (bytes: Uint8Array) => (heard.text += new TextDecoder().decode(bytes)),
      closed: (error: ErrorBody | undefined) => heard.closed.push(error),
    },
  };
}

const attached: TerminalEvent = { type: 'attached', session: 'new1', attachment: 'a1', offset: 0, live: 0, ...size };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('what is sent waits for the attachment, goes in order, and together while a call is under way', async () => {
  const going = Promise.withResolvers<void>();
  async function* events(): AsyncGenerator<TerminalEvent> {
    yield attached;
    yield { type: 'output', offset: 0, data: btoa('hello') };
    await going.promise;
  }
  const answers: (() => void)[] = [];
  const { host, sent, asked } = hostWith(
    events(),
    () => new Promise((resolve) => answers.push(() => resolve({ sent: true }))),
  );
  const { heard, listener } = listening();
  const connection = calledTerminals(host)('w', { ...size, session: undefined, after: undefined }, listener);
  connection.input(bytes('a'));
  await vi.waitFor(() => expect(sent).toEqual([{ input: 'a' }]));
  connection.input(bytes('b'));
  connection.input(bytes('c'));
  connection.ack(5);
  expect(sent.length).toBe(1);
  answers[0]?.();
  await vi.waitFor(() => expect(sent).toEqual([{ input: 'a' }, { input: 'bc', ack: 5 }]));
  await vi.waitFor(() => expect(heard.text).toBe('hello'));
  expect(heard.types).toEqual(['attached']);
  expect(asked).toEqual([{ id: 'w', session: 'new1', ...size }]);
  going.resolve();
  await vi.waitFor(() => expect(heard.closed).toEqual([undefined]));
});

test('one that is joined again says how much it has', () => {
  async function* events(): AsyncGenerator<TerminalEvent> {
    yield attached;
  }
  const { host, asked } = hostWith(events());
  calledTerminals(host)('w', { ...size, session: 's1', after: 7 }, listening().listener);
  expect(asked).toEqual([{ id: 'w', session: 's1', after: 7, ...size }]);
});

test('what the host refuses is the end, with its reason; a broken port is not', async () => {
  const body = { code: 'not_found', message: 'There is no terminal.' };
  const refusal = new ORPCError('NOT_FOUND', { status: 404, data: body });
  for (const { failure, closed } of [
    { failure: refusal, closed: body },
    { failure: new Error('The port is closed.'), closed: undefined },
  ]) {
    const { host } = hostWith((async function* () {})());
    Object.assign(host.terminals, { follow: () => Promise.reject(failure) });
    const { heard, listener } = listening();
    calledTerminals(host)('w', { ...size, session: 's1', after: undefined }, listener);
    await vi.waitFor(() => expect(heard.closed).toEqual([closed]));
  }
});
