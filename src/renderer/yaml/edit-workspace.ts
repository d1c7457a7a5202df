import { createMemo, createSignal, type Accessor } from 'solid-js';
import { bodyOf, changedByBoth, editableOf, patchOf, type Edited } from '#contract/edit/editable-workspace.ts';
import type { PatchedWorkspace, WorkspacePatch } from '#contract/workspace-patch.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import type { HostClient } from '#contract/routes.ts';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';

/** A text that is being edited, and the workspace as it was read for it. */
export interface Draft {
  workspace: WorkspaceResource;
  text: string;
}

/** What a person has to decide before a text is written. */
export type Question =
  | { kind: 'restart'; restarts: readonly string[] }
  /** Somebody else has changed these meanwhile. */
  | { kind: 'changed-by-both'; fields: readonly string[] };

export type Restart = 'next-start' | 'now';

export interface EditWorkspace {
  draft: Accessor<Draft | undefined>;
  edited: Accessor<Edited>;
  problem: Accessor<ShownProblem | undefined>;
  question: Accessor<Question | undefined>;
  /** What came of the last save. */
  saved: Accessor<PatchedWorkspace | undefined>;
  isBusy: Accessor<boolean>;
  setText: (text: string) => void;
  /** Reads it anew; what was written is lost. The text then, undefined where it could not be read. */
  load: () => Promise<string | undefined>;
  /** Writes it, unless there is something to ask first. The text then, undefined where nothing was written. */
  save: (answers?: { restart?: Restart; overTheirs?: boolean }) => Promise<string | undefined>;
}

/** A workspace edited as text, written with the tag of what was read, so that nobody's change is lost without a word. */
export function createEditWorkspace(host: HostClient, id: string, kept: Draft | undefined): EditWorkspace {
  const [draft, setDraft] = createSignal(kept);
  const [problem, setProblem] = createSignal<ShownProblem>();
  const [question, setQuestion] = createSignal<Question>();
  const [saved, setSaved] = createSignal<PatchedWorkspace>();
  const [isBusy, setBusy] = createSignal(false);
  const edited = createMemo((): Edited => {
    const now = draft();
    return now === undefined ? { kind: 'unchanged' } : patchOf(editableOf(now.workspace), now.text);
  });

  const begin = (workspace: WorkspaceResource): string => {
    const text = bodyOf(workspace);
    setDraft({ workspace, text });
    return text;
  };
  const attempt = async (act: () => Promise<string | undefined>): Promise<string | undefined> => {
    if (isBusy()) return undefined;
    setBusy(true);
    setProblem(undefined);
    setQuestion(undefined);
    try {
      return await act();
    } catch (error) {
      setProblem(toShownProblem(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  };

  const write = async (
    { workspace }: Draft,
    patch: WorkspacePatch,
    restart: Restart | undefined,
    overTheirs: boolean,
  ): Promise<string | undefined> => {
    const now = await host.resources.get({ id });
    const fields = now.etag === workspace.etag || overTheirs ? [] : changedByBoth(workspace, now, patch);
    if (fields.length > 0) {
      setQuestion({ kind: 'changed-by-both', fields });
      return undefined;
    }
    const call = { params: { id }, headers: { 'if-match': now.etag }, body: patch };
    if (restart === undefined) {
      const tried = await host.resources.patch({ ...call, query: { dry_run: 'true' } });
      if (tried.takes_effect === 'next-start') {
        setQuestion({ kind: 'restart', restarts: tried.restarts });
        return undefined;
      }
    }
    const patched = await host.resources.patch({ ...call, ...(restart === undefined ? {} : { query: { restart } }) });
    setSaved(patched);
    return begin(patched.workspace);
  };

  return {
    draft,
    edited,
    problem,
    question,
    saved,
    isBusy,
    setText(text) {
      const now = draft();
      if (now === undefined || now.text === text) return;
      setDraft({ ...now, text });
      setSaved(undefined);
      setQuestion(undefined);
      setProblem(undefined);
    },
    load: () => attempt(async () => begin(await host.resources.get({ id }))),
    save({ restart, overTheirs = false } = {}) {
      const now = draft();
      const result = edited();
      if (now === undefined || result.kind !== 'patch') return Promise.resolve(undefined);
      return attempt(() => write(now, result.patch, restart, overTheirs));
    },
  };
}
