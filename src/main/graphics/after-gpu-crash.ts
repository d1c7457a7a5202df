/** So many crashes within so long a time are no accident; Chromium itself gives up, and ends the app, at six. */
const tooMany = 3;
const withinMs = 5 * 60_000;

/** Counts crashes of the graphics process and says when the next start shall do without it. */
export function createGpuCrashes(now: () => number): { crashed(): 'go-on' | 'without' } {
  let times: number[] = [];
  return {
    crashed() {
      const at = now();
      times = [...times.filter((time) => at - time <= withinMs), at];
      return times.length >= tooMany ? 'without' : 'go-on';
    },
  };
}

/** How a graphics process may end that is no crash: the app ends, or Chromium exchanges it. */
const calmEnds = new Set(['clean-exit', 'killed']);

export function isCrash(reason: string): boolean {
  return !calmEnds.has(reason);
}
