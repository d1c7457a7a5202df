import { GuildNetError } from '#contract/errors.ts';
import type { MayQuery } from '#contract/access-routes.ts';
import type { Action, Decision } from '#contract/grant.ts';
import type { Refusal } from '#contract/refusals.ts';
import type { Peer, Who } from '#contract/identity.ts';
import { isStopped } from '#contract/run-mode.ts';
import type { Workspace } from '#contract/workspace.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import type { Log } from '../observability/log.ts';
import { readRecord } from '../operator/home/home-record.ts';
import type { HomeRecord } from '../operator/home/home-record.ts';
import { homeClaimName } from '../operator/home/home-volume.ts';
import { preferredPort, specPorts } from '../proxy/resolve/known-port.ts';
import { decide } from './decide.ts';
import { forbidden } from './forbidden.ts';
import type { Policy } from './grants.ts';
import { createHeld } from './held.ts';
import { ownerOf } from './question.ts';
import { refusalsAtAll, refusalsOf } from './refusals.ts';
import type { LaunchFacts, Question, WorkspaceFacts } from './question.ts';

/** What is asked of one workspace, or of what is kept of one. */
export interface Asked {
  who: Who;
  action: Action;
  id: string;
  opened?: number | 'shell' | undefined;
}

/** The one place where it is asked whether somebody may: for every call, stream, socket and workspace's page of this host. */
export interface Gate {
  decide(question: Question): Decision;
  /** The answer to `can-i`: of a workspace that is there, of an image that would be launched, or of any. Throws `not_found`. */
  explain(who: Who, query: Omit<MayQuery, 'as'>): Decision;
  /** Throws `forbidden`, with the rule, unless they may do this somewhere. */
  demand(who: Who, action: Action): Decision;
  /** Throws `forbidden`, or `not_found` for a peer where there is no such workspace: without its neighbours' names. */
  demandOf(asked: Asked): Decision;
  /** Whether they may see this workspace or home. */
  sees(who: Who, id: string): boolean;
  /** Whether they may share this workspace: it is theirs, or they may do what concerns all. */
  mayShare(who: Who, id: string): Decision;
  /** What they may not do with this workspace or home; without one, with none at all. */
  refused(who: Who, id?: string): Refusal[];
  /** Throws `forbidden` unless they may have such a workspace. `besides`: the one that it replaces, which is not counted. */
  judge(
    who: Who,
    wanted: Pick<Workspace, 'spec'> & { labels?: Record<string, string> | undefined },
    besides?: string,
  ): Decision;
  /** Counts a launch that is under way for its owner, until the function that this returns is called. */
  begin(who: Who): () => void;
  /** What a workspace that they launch has as its owner. */
  ownerOf(who: Who): string;
  /** Something stays open for them: `end` is called when they may not any more. Returns what takes it back. */
  hold(asked: Asked, end: () => void): () => void;
  /** `end` is called at the next change of the policy, whatever it is, or of these people: for what was chosen by it. */
  untilChange(who: Who, end: () => void): () => void;
}

export interface GateOptions {
  cluster: Pick<ClusterConnection, 'openSession' | 'onSession'>;
  /** Where the peers come from: a peer as they are known now, undefined when they are not any more, and whether that has changed. */
  peers?: { now(peer: Peer): Peer | undefined; onChange(listener: () => void): () => void };
  /** Ends what it listens to; absent: it lives as long as the host. */
  until?: AbortSignal;
  /** The user who runs this host, by name. */
  localUser: string;
  /** Is told what holds, at the start and when it is another. */
  log: Log;
}

const none: Policy = { state: 'unknown' };

/** Who may do what, in a sentence. */
function wordsFor(policy: Policy): string {
  if (policy.state === 'unknown')
    return 'Capabilities cannot be read here: other people may do what the tailnet grants them, and nothing else';
  if (policy.present) return 'Capabilities decide what other people may do here; the local user may do everything';
  return 'There is no Capability: whoever reaches this host may see, launch and open workspaces; stop, delete and admin are for their owner and the local user';
}

export function createGate({ cluster, localUser, peers, until, log }: GateOptions): Gate {
  const underWay = new Map<string, number>();
  const policy = (): Policy => cluster.openSession?.policies.current() ?? none;
  const ask = (question: Question): Decision => decide(question, policy());
  const held = createHeld();
  let told = '';
  const look = (): void => {
    held.look('policy');
    const words = wordsFor(policy());
    if (words === told || cluster.openSession === undefined) return;
    told = words;
    log.info(words);
  };
  const endPeers = peers?.onChange(() => held.look('peers'));
  if (endPeers !== undefined) until?.addEventListener('abort', endPeers, { once: true });
  /** Somebody as they are now: what was opened by what they were is asked about by what they are. */
  const current = (who: Who): Who | undefined => (who.kind === 'local' || peers === undefined ? who : peers.now(who));
  cluster.onSession((session) => {
    look();
    session?.policies.onChange(look);
  });

  const namespace = (): string => cluster.openSession?.kube.namespace ?? '';
  const factsOf = (
    { spec, labels }: Pick<HomeRecord, 'spec'> & { labels?: Record<string, string> | undefined },
    name: string | undefined,
  ) => ({
    name,
    namespace: namespace(),
    image: spec.image,
    labels: labels ?? {},
    owner: spec.owner,
  });
  const liveOf = (id: string) => cluster.openSession?.world.workspaces.get(id);
  function facts(id: string): WorkspaceFacts | undefined {
    const world = cluster.openSession?.world;
    const workspace = world?.workspaces.get(id);
    if (workspace !== undefined) return factsOf({ spec: workspace.spec, labels: workspace.metadata.labels }, id);
    const claim = world?.claims.get(homeClaimName(id));
    if (claim === undefined) return undefined;
    const record = readRecord(claim);
    // It belongs to nobody who could be named, and is selected by nothing.
    return record === undefined
      ? { namespace: namespace(), image: '', labels: {}, owner: undefined }
      : factsOf(record, undefined);
  }
  function running(owner: string, besides: string | undefined): number {
    const others = cluster.openSession?.world.workspaces.list() ?? [];
    const counted = others.filter(
      ({ metadata, spec }) => spec.owner === owner && metadata.name !== besides && !isStopped(spec),
    );
    // This very one is among those that are under way.
    return counted.length + Math.max(0, (underWay.get(owner) ?? 0) - 1);
  }
  const questionOf = ({ who, action, id, opened }: Asked): Question => ({ who, action, opened, workspace: facts(id) });

  function mayShare(who: Who, id: string): Decision {
    const workspace = facts(id);
    if (who.kind === 'peer' && workspace?.owner === ownerOf(who, '')) {
      return { allowed: true, rule: 'owner', reason: 'A workspace is shared by its owner.' };
    }
    const decision = ask({ who, action: 'admin', workspace });
    return decision.allowed
      ? decision
      : { ...decision, reason: 'To share a workspace is for its owner, and for who has admin.' };
  }

  return {
    decide: ask,
    explain(who, { action, workspace: id, image, port: opened }) {
      const owner = ownerOf(who, localUser);
      const there = id === undefined ? undefined : facts(id);
      // To a peer the same as one that may not be seen.
      if (id !== undefined && there === undefined && who.kind === 'local')
        throw new GuildNetError('not_found', `There is no workspace "${id.slice(0, 80)}".`);
      const planned = image === undefined ? undefined : { namespace: namespace(), image, labels: {}, owner };
      const workspace = there === undefined ? planned : { ...there, ...(image === undefined ? {} : { image }) };
      const launch =
        image === undefined || action !== 'launch' ? {} : { launch: { spec: {}, running: running(owner, id) } };
      return ask({ who, action, workspace, opened, ...launch });
    },
    demand(who, action) {
      const decision = ask({ who, action });
      if (decision.allowed) return decision;
      throw forbidden(action, decision);
    },
    demandOf(asked) {
      const question = questionOf(asked);
      const decision = ask(question);
      if (!decision.allowed) throw forbidden(asked.action, decision, asked.id);
      const there = asked.opened === undefined ? question.workspace : liveOf(asked.id);
      // Not of a Service that is called so, either: those are nobody's to open by name.
      if (asked.who.kind === 'peer' && there === undefined)
        throw new GuildNetError('not_found', `There is no workspace "${asked.id.slice(0, 80)}".`);
      return decision;
    },
    sees: (who, id) => who.kind === 'local' || ask(questionOf({ who, action: 'view', id })).allowed,
    mayShare,
    refused(who, id) {
      if (id === undefined) return refusalsAtAll((action) => ask({ who, action }));
      const workspace = facts(id);
      const live = liveOf(id);
      const page = live === undefined ? undefined : preferredPort(specPorts(live.spec))?.port;
      return refusalsOf((action, opened) => ask({ who, action, opened, workspace }), page, mayShare(who, id));
    },
    judge(who, { spec, labels }, besides) {
      const launch: LaunchFacts = { spec, running: running(spec.owner ?? ownerOf(who, localUser), besides) };
      const decision = ask({ who, action: 'launch', workspace: factsOf({ spec, labels }, besides), launch });
      if (decision.allowed) return decision;
      throw forbidden('launch', decision, besides);
    },
    begin(who) {
      const owner = ownerOf(who, localUser);
      underWay.set(owner, (underWay.get(owner) ?? 0) + 1);
      return () => {
        const left = (underWay.get(owner) ?? 1) - 1;
        if (left === 0) underWay.delete(owner);
        else underWay.set(owner, left);
      };
    },
    ownerOf: (who) => ownerOf(who, localUser),
    hold: (asked, end) =>
      asked.who.kind === 'local'
        ? () => undefined
        : held.add(() => {
            const who = current(asked.who);
            return who !== undefined && ask(questionOf({ ...asked, who })).allowed;
          }, end),
    untilChange: (who, end) =>
      held.add((change) => change === 'peers' && JSON.stringify(current(who)) === JSON.stringify(who), end),
  };
}
