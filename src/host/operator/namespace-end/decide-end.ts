/** A Workspace, as far as the end of its namespace is concerned. */
export interface Leaving {
  name: string;
  /** Bears the finalizer for its home. */
  guarded: boolean;
  /** Is being deleted. */
  going: boolean;
  /** Wants a home, and so will be guarded. */
  home: boolean;
}

/** An object by which a host has its rights, or is who it is. */
export interface Holder {
  name: string;
  /** Bears our finalizer. */
  held: boolean;
  /** Is being deleted. */
  going: boolean;
}

export interface EndFacts {
  namespaceGoing: boolean;
  /** The RoleBinding that outlives the others; undefined where there is none. */
  binding: Holder | undefined;
  /** The ServiceAccounts of the namespace that it names. */
  accounts: readonly Holder[];
  workspaces: Iterable<Leaving>;
}

export type EndStep =
  | { do: 'nothing' }
  /** Put our finalizer on these, so that the rights last until the workspaces are gone. */
  | { do: 'hold'; binding: boolean; accounts: readonly string[] }
  /**
   * Delete those of these Workspaces that nobody has deleted yet, and take the finalizer for their homes off the others: nothing keeps a
   * home in a namespace that goes.
   */
  | { do: 'release'; workspaces: readonly string[] }
  /**
   * Take our finalizer off these. `together`: each is gone as soon as it is taken off, and with it the right to do the same to the
   * others, so that all is asked for at once.
   */
  | { do: 'free'; binding: boolean; accounts: readonly string[]; together: boolean };

/** Whether a Workspace is a reason to make the rights last. */
export function isReason({ guarded, going, home }: Leaving): boolean {
  return guarded || (home && !going);
}

/** Whether a Workspace waits for somebody to let it go. */
export function isWaiting({ guarded, going }: Leaving): boolean {
  return guarded && going;
}

/** What a host does about its rights and the Workspaces, so that a namespace that is deleted goes. Any host may, any number of times. */
export function decideEnd({ namespaceGoing, binding, accounts, workspaces }: EndFacts): EndStep {
  const all = [...workspaces];
  const held = accounts.filter((one) => one.held).map(({ name }) => name);
  const isHeld = binding?.held === true;
  const free = (together: boolean): EndStep =>
    isHeld || held.length > 0 ? { do: 'free', binding: isHeld, accounts: held, together } : { do: 'nothing' };

  if (namespaceGoing) {
    // One that is not being deleted yet will be, and may have to be let go then; it is not waited for, since who we are may not last.
    const left = all.filter(({ guarded, going }) => guarded || !going).map(({ name }) => name);
    return left.length > 0 ? { do: 'release', workspaces: left } : free(true);
  }
  if (binding === undefined) return { do: 'nothing' };
  // Somebody takes the rights back, and is not kept waiting.
  if (binding.going) return free(false);
  const leaving = accounts.filter((one) => one.held && one.going).map(({ name }) => name);
  if (leaving.length > 0) return { do: 'free', binding: false, accounts: leaving, together: false };
  if (!all.some(isReason)) return free(false);
  const lacking = accounts.filter((one) => !one.held && !one.going).map(({ name }) => name);
  if (isHeld && lacking.length === 0) return { do: 'nothing' };
  return { do: 'hold', binding: !isHeld, accounts: lacking };
}
