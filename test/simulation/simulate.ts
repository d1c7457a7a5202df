import { annotations } from '#contract/annotations.ts';
import { operatorConfigSchema } from '#host/operator/config.ts';
import type { OperatorConfig } from '#host/operator/config.ts';
import { createSimulatedApi } from './api/api-server.ts';
import type { SimulatedApi, Write } from './api/api-server.ts';
import { housePolicies } from './api/house-policy.ts';
import type { HousePolicy } from './api/house-policy.ts';
import { createFaultyRest, longestSleepSeconds } from './faulty-rest.ts';
import { watchHomes } from './home-watchdog.ts';
import { forgottenHomes, judge } from './judge.ts';
import type { Rules } from './judge.ts';
import { playKubernetes } from './kubernetes.ts';
import { watchPods } from './pod-watchdog.ts';
import { createProcessClock } from './process-clock.ts';
import type { ProcessClock } from './process-clock.ts';
import { createRandom } from './random.ts';
import { runSimulatedOperator } from './simulated-operator.ts';
import type { SimulatedOperator } from './simulated-operator.ts';
import { watchStrangers } from './stranger-watchdog.ts';
import { bringsStranger, createUser, isStranger, servicePath, strangerWithin } from './user.ts';
import { createVirtualTime } from './virtual-time.ts';
import { calm, drawWeather, isFair } from './weather.ts';
import type { Weather } from './weather.ts';

export interface SimulationOptions {
  seed: number;
  /** What everybody does; by default drawn from the seed. */
  weather?: Weather;
  /** How many operators run at a time, without a Lease between them: the worst that a frozen leader can do. Drawn by default. */
  operators?: number;
  actions?: number;
  /** What the cluster's own admission makes of what is written. Drawn by default. */
  policy?: HousePolicy;
  /** Which request (counted from 1) the first operator dies with, and when. */
  crash?: { request: number; when: 'before' | 'after' };
}

export interface Simulated {
  /** What was seen that must not be; empty when all is well. */
  problems: string[];
  /** What happened, a line each, in order. */
  trace: string[];
  /** Requests of all operators. */
  requests: number;
}

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;
/** Who sleeps has woken up, the longest back-off of the queue is over, and the hour that an unstamped home is kept. */
const settleMs = (longestSleepSeconds + 1_200) * second + hour;
const idleMs = hour / 4;
/** Hosts differ in what their settings make of a pod. A third object for each workspace doubles the time of a run, so few have it. */
function houseSettings(networkPolicy: boolean): readonly [OperatorConfig, OperatorConfig] {
  return [
    operatorConfigSchema.parse({ networkPolicy }),
    operatorConfigSchema.parse({ networkPolicy, imagePullSecret: 'house' }),
  ];
}
/** Reads for what cannot be watched are allowed, but not in a hot loop. */
const readsPerIdleTime = 300;

/**
 * One run: people create, edit and delete Workspaces while network, API server and operators fail as the seed says; then
 * the weather clears. Afterwards all has to be as desired, a quarter of an hour and a restart must not write anything, and homes
 * whose time is over have to go; and at no moment may a home be lost.
 */
export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const random = createRandom(options.seed);
  const time = createVirtualTime(Date.UTC(2026, 0, 1));
  const policy = options.policy ?? random.fork('policy').pick(['none', 'none', ...housePolicies] as const);
  const api = createSimulatedApi(time.now, policy);
  const problems: string[] = [];
  const trace: string[] = [];
  let weather = options.weather ?? drawWeather(random.fork('weather'));
  const counts = { requests: 0, writes: 0, reads: 0 };
  let settled = false;

  const note = (text: string): void => {
    trace.push(`${((time.now() - Date.UTC(2026, 0, 1)) / second).toFixed(3)} ${text}`);
  };
  const problem = (text: string): void => {
    note(`PROBLEM: ${text}`);
    problems.push(text);
  };
  const disks = playKubernetes(api, time, random.fork('kubernetes'));
  watchHomes(api, disks, time.now, problem);
  api.onWrite((write) => {
    note(describe(write));
  });
  watchPods(api, problem);
  const strangersLeftAlone = watchStrangers(api, options.crash === undefined && isFair(weather), problem);

  const running = new Map<string, { process: ProcessClock; operator: SimulatedOperator }>();
  let started = 0;
  const operators = options.operators ?? random.pick([1, 1, 2]);
  const settings = random.fork('settings');
  const house = houseSettings(random.fork('network policies').chance(0.2));
  let config: OperatorConfig = house[0];
  const launch = (who: string): void => {
    started += 1;
    // Two that lead at once, which the Lease prevents, would be of two minds for ever.
    if (operators === 1 && started > 1 && !settled) config = settings.pick(house);
    const own = random.fork(`${who}/${started}`);
    const process = createProcessClock(time);
    const crash = (): void => {
      if (!process.alive) return;
      note(`${who} crashes`);
      process.kill();
      running.delete(who);
      time.after(own.between(100, 60 * second), () => launch(who));
    };
    const sent = (method: string, path: string): 'go on' | 'crash before' | 'crash after' => {
      counts.requests += 1;
      if (method === 'GET') counts.reads += 1;
      else counts.writes += 1;
      note(`${who} sends ${method} ${path}`);
      if (options.crash?.request !== counts.requests) return 'go on';
      return options.crash.when === 'before' ? 'crash before' : 'crash after';
    };
    const surroundings = { api, process, random: own, weather: () => weather };
    const rest = createFaultyRest({ who, time, ...surroundings, sent, crash });
    const failed = (workspace: string, error: unknown): void => {
      note(`${who} failed with ${workspace}: ${String(error)}`);
      if (error instanceof TypeError || error instanceof RangeError) problem(`${who}: ${error.stack ?? ''}`);
    };
    note(`${who} starts`);
    running.set(who, { process, operator: runSimulatedOperator(surroundings, rest, config, failed) });
  };
  const quiet = async (what: string, milliseconds: number): Promise<void> => {
    Object.assign(counts, { writes: 0, reads: 0 });
    await time.runUntil(time.now() + milliseconds);
    if (counts.writes > 0) problem(`${counts.writes} writes ${what}`);
    if (counts.reads > readsPerIdleTime) problem(`${counts.reads} reads ${what}`);
  };

  for (let index = 1; index <= operators; index += 1) launch(`operator-${index}`);
  const act = createUser(api, random.fork('user'), time.after);
  const actions = options.actions ?? random.between(3, 10);
  let strangerUntil = 0;
  for (let index = 0; index < actions; index += 1) {
    // A stranger's object is looked at twice a minute: days of that would be all that a run does. It may come a moment after what was done.
    const longest = strangers(api) || time.now() <= strangerUntil ? 60 * second : 8 * day;
    const most = Math.min(longest, random.pick([50, 2 * second, 60 * second, 60 * second, 2 * hour, 8 * day]));
    await time.runUntil(time.now() + random.between(1, most));
    const did = act();
    if (bringsStranger(did)) strangerUntil = time.now() + strangerWithin;
    note(`user: ${did}`);
  }
  await time.runUntil(time.now() + 30 * second);
  weather = calm;
  note('the weather clears');
  await time.runUntil(time.now() + settleMs);
  // A home that is collected when its time is over is no unrest.
  for (let due = nextEnd(api, time.now()); due < time.now() + 2 * idleMs; due = nextEnd(api, time.now()))
    await time.runUntil(due + settleMs);
  const rules = (): Rules => ({ configs: house, leading: config, policy });
  for (const text of [...judge(api, rules()), ...strangersLeftAlone()]) problem(text);
  settled = true;
  const restart = async (): Promise<void> => {
    for (const [who, { process, operator }] of running) {
      await operator.stop();
      process.kill();
      launch(who);
    }
  };
  await quiet('in a steady state', idleMs);
  await restart();
  await quiet('after a restart', 10 * 60 * second);
  // A host with other settings tells what they would do; `watchPods` sees to it that none of it is done to a pod that runs.
  config = house.find((one) => one !== config) ?? config;
  await restart();
  await time.runUntil(time.now() + 10 * 60 * second);
  await quiet('after that', idleMs);
  for (const { metadata } of api.list('services'))
    if (isStranger(api, metadata.name))
      api.request({ who: 'user', method: 'DELETE', path: `${servicePath}/${metadata.name}` });
  await time.runUntil(time.now() + 9 * day);
  for (const text of [...judge(api, rules()), ...forgottenHomes(api, time.now())]) problem(`later: ${text}`);
  await quiet('in a steady state, later', idleMs);
  return { problems, trace, requests: counts.requests };
}

/** When the next of the homes that are kept is to go. */
function nextEnd(api: SimulatedApi, now: number): number {
  const ends = api
    .list('persistentvolumeclaims')
    .map(({ metadata }) => Date.parse(metadata.annotations?.[annotations.homeRetainUntil] ?? ''));
  return Math.min(...ends.filter((end) => end > now));
}

function strangers(api: SimulatedApi): boolean {
  return api.list('services').some(({ metadata }) => isStranger(api, metadata.name));
}

function describe({ who, verb, plural, name, before, after, version }: Write): string {
  const going = after?.metadata.deletionTimestamp !== undefined && before?.metadata.deletionTimestamp === undefined;
  return `  #${version} ${who}: ${verb} ${plural} ${name}${going ? ' (begins to go)' : ''}`;
}
