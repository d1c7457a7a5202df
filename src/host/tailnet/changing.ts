import type { TailnetMode, TailnetState } from '#contract/tailnet.ts';
import type { Tailnet } from './tailnet.ts';

/** A tailnet whose way may be another while the host runs. */
export interface ChangingTailnet extends Tailnet {
  /** The mode that people chose at the last time, where no configuration says one; before `start`. */
  restore(): Promise<void>;
  /** On the tailnet in this way from now on, and at the next starts unless the configuration says another. */
  use(mode: TailnetMode): Promise<TailnetState>;
}

export interface ChangingOptions {
  /** As it is configured. */
  mode: TailnetMode;
  /** Nothing happens before it is started. */
  open(mode: TailnetMode): Tailnet;
  /** The mode to begin with in place of the configured one. */
  kept(): Promise<TailnetMode | undefined>;
  keep(mode: TailnetMode): Promise<void>;
}

/** One tailnet after the other behind the same port: what listens, and who listens to it, stay. */
export function changingTailnet({ mode: configured, open, kept, keep }: ChangingOptions): ChangingTailnet {
  const heard = new Set<(what: 'state' | 'peers') => void>();
  let mode = configured;
  let isStarted = false;
  let isStopped = false;
  let ports: ReadonlySet<number> = new Set();
  let current = open(mode);
  let forget = current.onChange(tell);
  /** One change after the other. */
  let working: Promise<void> = Promise.resolve();

  function tell(what: 'state' | 'peers'): void {
    for (const listener of heard) listener(what);
  }

  async function become(next: TailnetMode): Promise<void> {
    if (next === mode || isStopped) return;
    forget();
    const before = current;
    mode = next;
    current = open(next);
    forget = current.onChange(tell);
    tell('state');
    tell('peers');
    // What is asked for meanwhile is asked of the next one.
    await before.stop();
    await current.listen(ports);
  }

  async function change(next: TailnetMode): Promise<void> {
    const before = working;
    const { promise, resolve } = Promise.withResolvers<void>();
    working = promise;
    await before;
    try {
      await become(next);
    } finally {
      // What this one failed of, which whoever asked for it is told, does not hold up the next.
      resolve();
    }
  }

  return {
    get state() {
      return current.state;
    },
    async restore() {
      const chosen = await kept();
      if (chosen !== undefined) await change(chosen);
    },
    async use(next) {
      await change(next);
      await keep(next);
      if (isStarted && !isStopped) current.start();
      return current.state;
    },
    start() {
      isStarted = true;
      current.start();
    },
    async stop() {
      isStopped = true;
      await working;
      await current.stop();
    },
    async login(login) {
      const wasOff = mode === 'off';
      // Whoever logs in wants to be on the tailnet; a node of its own is what can be logged in here.
      if (wasOff) await change('embedded');
      const state = await current.login(login);
      if (wasOff) await keep('embedded');
      if (isStarted && !isStopped) current.start();
      return state;
    },
    logout: () => current.logout(),
    netcheck: () => current.netcheck(),
    get certificateNames() {
      return current.certificateNames;
    },
    certificate: (name) => current.certificate(name),
    whois: (end) => current.whois(end),
    listen(wanted) {
      ports = wanted;
      return current.listen(wanted);
    },
    onChange(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    dial: (target, signal) => current.dial(target, signal),
    locate: (host) => current.locate(host),
    routes: () => current.routes(),
  };
}
