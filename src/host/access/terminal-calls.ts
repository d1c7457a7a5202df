const calls = /^\/(?:api\/workspaces\/[^/]*\/(?:terminals?|exec)|sse\/terminal)(?:\/|$)/;

/** Whether a request is about terminals or programs in workspaces, however its path is written. */
export function isTerminalCall(url: string): boolean {
  const path = url.split('?')[0] ?? '';
  try {
    return calls.test(decodeURIComponent(path).replaceAll(/\/{2,}/g, '/'));
  } catch {
    // Nothing that we serve is written so: whoever it is for, it is for nobody who has to be told apart.
    return true;
  }
}
