import { isDeepStrictEqual } from 'node:util';
import { fieldManager } from '#host/kube/apply.ts';
import { admitted } from './admission.ts';
import { changedFields, fieldsOf, fieldsV1 } from './field-owners.ts';
import type { Fields } from './field-owners.ts';
import { houseAdmission } from './house-policy.ts';
import type { HousePolicy } from './house-policy.ts';
import { applied, asMap, conflicts, mergePatched } from './merge.ts';
import { notFound, refusal } from './refusal.ts';
import { resources, targetOf } from './stored.ts';
import type { Plural, Stored, StoredMeta, Target } from './stored.ts';

export interface ApiRequest {
  /** "user", "kubernetes", or the operator's own name. */
  who: string;
  method: string;
  path: string;
  body?: unknown;
  contentType?: string | undefined;
  query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
}

/** One change of the store; `after` is undefined when the object is gone with it. */
export interface Write {
  version: number;
  who: string;
  verb: 'create' | 'update' | 'delete';
  plural: Plural;
  name: string;
  before: Stored | undefined;
  after: Stored | undefined;
}

export interface SimulatedApi {
  /** Answers at once, as etcd would have it; throws StatusError. What it returns is the caller's own copy. */
  request(request: ApiRequest): unknown;
  list(plural: Plural): Stored[];
  get(plural: Plural, name: string): Stored | undefined;
  /** Every change since the beginning, in the order of their versions. */
  readonly writes: readonly Write[];
  /** Told of every change, when it has happened. */
  onWrite(listener: (write: Write) => void): void;
}

const namespace = 'sim';

/**
 * An API server of the parts that the operator uses: versions, uids, generations, server-side apply with its conflicts and
 * given-up fields, merge patch, status as a subresource, preconditions, finalizers. Kubernetes' own controllers are elsewhere.
 */
export function createSimulatedApi(now: () => number, policy: HousePolicy = 'none'): SimulatedApi {
  const tables = new Map<Plural, Map<string, Stored>>();
  /** What each manager applied last, by uid, manager and subresource. */
  const managed = new Map<string, unknown>();
  /** What each manager owns, by uid and manager. */
  const owned = new Map<string, Map<string, Fields>>();
  /** Who made each object, by uid. */
  const makers = new Map<string, string>();
  const writes: Write[] = [];
  const listeners: ((write: Write) => void)[] = [];
  let version = 1;
  let uids = 0;

  const table = (plural: Plural): Map<string, Stored> => {
    const found = tables.get(plural) ?? new Map<string, Stored>();
    tables.set(plural, found);
    return found;
  };
  const wireNow = (): string => `${new Date(now()).toISOString().slice(0, 19)}Z`;
  const record = (
    who: string,
    verb: Write['verb'],
    plural: Plural,
    name: string,
    states: Pick<Write, 'before' | 'after'>,
  ): void => {
    const write = { version, who, verb, plural, name, ...states };
    writes.push(write);
    for (const listener of listeners) listener(write);
  };

  /** Admission has its turn after the owners of fields are written down, so that what it changes stays with them. */
  const admit = (plural: Plural, object: Stored, before: Stored | undefined): Stored =>
    houseAdmission(policy, plural, admitted(plural, object, before));
  /** Whoever changes a field takes it over from those that have it. */
  const takeOver = (manager: string, before: Stored, after: Stored): void => {
    const { uid } = before.metadata;
    const owners = owned.get(uid) ?? new Map<string, Fields>();
    owned.set(uid, owners);
    for (const [other, fields] of owners) {
      if (other === manager) continue;
      const taken = changedFields(fields, before, after);
      if (taken.size === 0) continue;
      owners.set(other, new Set([...fields].filter((field) => !taken.has(field))));
      owners.set(manager, new Set([...(owners.get(manager) ?? []), ...taken]));
    }
  };

  const create = (who: string, plural: Plural, body: Record<string, unknown>, name: string): Stored => {
    if (table(plural).has(name)) throw refusal(409, 'AlreadyExists', `${plural} "${name}" already exists`);
    uids += 1;
    version += 1;
    const { apiVersion, kind, status } = resources[plural];
    const { status: given, ...rest } = body;
    const metadata: StoredMeta = {
      ...asMap(body['metadata']),
      name,
      namespace,
      uid: `uid-${uids}`,
      resourceVersion: String(version),
      creationTimestamp: wireNow(),
      generation: 1,
    };
    const made = admit(
      plural,
      { apiVersion, kind, ...rest, metadata, ...(status || given === undefined ? {} : { status: given }) },
      undefined,
    );
    table(plural).set(name, made);
    makers.set(made.metadata.uid, who);
    record(who, 'create', plural, name, { before: undefined, after: made });
    return made;
  };
  const store = (
    who: string,
    plural: Plural,
    before: Stored,
    wanted: Stored,
    subresource: string | undefined,
  ): Stored => {
    const kept = [
      'uid',
      'name',
      'namespace',
      'creationTimestamp',
      'deletionTimestamp',
      'generation',
      'resourceVersion',
    ];
    const fixed = Object.fromEntries(
      kept.flatMap((key) => (key in before.metadata ? [[key, before.metadata[key]]] : [])),
    );
    const metadata: StoredMeta = { ...wanted.metadata, ...fixed };
    const next: Stored =
      subresource === 'status'
        ? { ...before, status: wanted.status }
        : {
            ...wanted,
            metadata,
            ...(resources[plural].status && before.status !== undefined ? { status: before.status } : {}),
          };
    const after = subresource === 'status' ? next : admit(plural, next, before);
    // What changes nothing is no write: the version stays.
    if (isDeepStrictEqual(after, before)) return before;
    version += 1;
    const bumped = isDeepStrictEqual(after.spec, before.spec) ? 0 : 1;
    const stored: Stored = {
      ...after,
      metadata: {
        ...after.metadata,
        resourceVersion: String(version),
        generation: (before.metadata.generation ?? 1) + bumped,
      },
    };
    const name = before.metadata.name;
    if (stored.metadata.deletionTimestamp !== undefined && (stored.metadata.finalizers ?? []).length === 0) {
      table(plural).delete(name);
      record(who, 'delete', plural, name, { before, after: undefined });
      return stored;
    }
    table(plural).set(name, stored);
    record(who, 'update', plural, name, { before, after: stored });
    return stored;
  };
  const checkPreconditions = (before: Stored, wanted: Record<string, unknown>): void => {
    for (const key of ['uid', 'resourceVersion'] as const)
      if (wanted[key] !== undefined && wanted[key] !== before.metadata[key])
        throw refusal(409, 'Conflict', `the object has another ${key}`);
  };
  const remove = (who: string, plural: Plural, before: Stored, body: unknown): Stored => {
    checkPreconditions(before, asMap(asMap(body)['preconditions']));
    if (before.metadata.deletionTimestamp !== undefined) return before;
    version += 1;
    const metadata = { ...before.metadata, deletionTimestamp: wireNow(), resourceVersion: String(version) };
    const after = { ...before, metadata };
    if ((before.metadata.finalizers ?? []).length === 0) {
      table(plural).delete(before.metadata.name);
      record(who, 'delete', plural, before.metadata.name, { before, after: undefined });
    } else {
      table(plural).set(before.metadata.name, after);
      record(who, 'update', plural, before.metadata.name, { before, after });
    }
    return after;
  };
  const apply = (request: ApiRequest, { plural, subresource }: Target, name: string): Stored => {
    const wanted = asMap(request.body);
    const manager = String(request.query?.['fieldManager'] ?? request.who);
    const before = table(plural).get(name);
    if (before === undefined) {
      if (subresource !== undefined) throw notFound(plural, name);
      if (asMap(wanted['metadata'])['uid'] !== undefined)
        throw refusal(409, 'Conflict', 'a uid was given, and there is no such object');
      const made = create(request.who, plural, wanted, name);
      managed.set(`${made.metadata.uid}/${manager}/`, wanted);
      owned.set(made.metadata.uid, new Map([[manager, fieldsOf(withoutIdentity(wanted))]]));
      return withManagers(made);
    }
    checkPreconditions(before, asMap(wanted['metadata']));
    const key = `${before.metadata.uid}/${manager}/${subresource ?? ''}`;
    const part = subresource === 'status' ? { status: wanted['status'] } : wanted;
    const former = managed.get(key);
    if (request.query?.['force'] !== true && conflicts(before, former, withoutIdentity(part)))
      throw refusal(409, 'Conflict', 'Apply failed with a conflict: a field belongs to another manager');
    const next = applied(before, former, part) as Stored;
    managed.set(key, part);
    if (subresource === undefined) {
      takeOver(manager, before, next);
      owned.get(before.metadata.uid)?.set(manager, fieldsOf(withoutIdentity(wanted)));
    }
    return withManagers(store(request.who, plural, before, next, subresource));
  };
  /** With what the operator reads of `managedFields`: who made it, and who owns what the operators applied. */
  const withManagers = (object: Stored): Stored => {
    const { uid } = object.metadata;
    const maker = makers.get(uid);
    const made = { manager: maker, operation: 'Update', fieldsV1: { 'f:spec': {} } };
    const managedFields = [
      ...(maker?.startsWith('operator') === false ? [made] : []),
      ...[...(owned.get(uid) ?? [])].map(([manager, fields]) => ({
        manager,
        operation: manager === fieldManager ? 'Apply' : 'Update',
        fieldsV1: fieldsV1(fields),
      })),
    ];
    return { ...object, metadata: { ...object.metadata, managedFields } };
  };
  const find = (plural: Plural, name: string): Stored => {
    const found = table(plural).get(name);
    if (found === undefined) throw notFound(plural, name);
    return found;
  };
  const patch = (request: ApiRequest, target: Target, name: string): Stored => {
    if (request.contentType?.startsWith('application/apply-patch') === true) return apply(request, target, name);
    if (request.contentType !== 'application/merge-patch+json')
      throw refusal(
        415,
        'UnsupportedMediaType',
        `the simulation does not know ${request.contentType ?? 'no content type'}`,
      );
    const before = find(target.plural, name);
    checkPreconditions(before, asMap(asMap(request.body)['metadata']));
    const next = mergePatched(before, request.body) as Stored;
    if (target.subresource === undefined) takeOver(request.who, before, next);
    return store(request.who, target.plural, before, next, target.subresource);
  };
  const answer = (request: ApiRequest, target: Target): unknown => {
    const { plural, name, subresource } = target;
    const { who, method, body } = request;
    if (name === undefined) {
      if (method === 'POST') return create(who, plural, asMap(body), String(asMap(asMap(body)['metadata'])['name']));
      if (method === 'GET')
        return { metadata: { resourceVersion: String(version) }, items: [...table(plural).values()] };
    } else if (method === 'GET') return withManagers(find(plural, name));
    else if (method === 'PATCH') return patch(request, target, name);
    else if (method === 'DELETE') return remove(who, plural, find(plural, name), body);
    else if (method === 'PUT') {
      checkPreconditions(find(plural, name), asMap(asMap(body)['metadata']));
      return store(who, plural, find(plural, name), body as Stored, subresource);
    }
    throw refusal(405, 'MethodNotAllowed', `the simulation does not know ${method} here`);
  };

  return {
    request: (request) => plainCopy(answer({ ...request, body: plainCopy(request.body) }, targetOf(request.path))),
    list: (plural) => [...table(plural).values()],
    get: (plural, name) => table(plural).get(name),
    writes,
    onWrite: (listener) => {
      listeners.push(listener);
    },
  };
}

/** As it comes off the wire: no undefined, nothing shared. */
function plainCopy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

function withoutIdentity(object: Record<string, unknown>): Record<string, unknown> {
  const { metadata, ...rest } = object;
  const { uid: _uid, resourceVersion: _version, ...meta } = asMap(metadata);
  return metadata === undefined ? rest : { ...rest, metadata: meta };
}
