export interface Figures {
  /** From the first Workspace's creation to the last one's Running. */
  reconcileAllSeconds: number;
  writesPerLaunch: number;
  writesPerIdleMinute: number;
  /** From the start of a new process until it leads and has looked at every Workspace. */
  resyncSeconds: number;
  residentMegabytes: number;
  /** Of one core. */
  idleCpuPercent: number;
  serversMilliseconds: number;
}

interface Row {
  name: string;
  unit: string;
  /** At most. */
  goal?: number;
  digits: number;
}

const rows: Readonly<Record<keyof Figures, Row>> = {
  reconcileAllSeconds: { name: 'time to reconcile all', unit: 's', digits: 1 },
  writesPerLaunch: { name: 'API writes per launch', unit: '', goal: 8, digits: 2 },
  writesPerIdleMinute: { name: 'API writes per idle minute', unit: '', goal: 0, digits: 0 },
  resyncSeconds: { name: 'resync after restart', unit: 's', goal: 8, digits: 1 },
  residentMegabytes: { name: 'resident memory', unit: 'MB', goal: 350, digits: 0 },
  idleCpuPercent: { name: 'idle CPU', unit: '%', goal: 2, digits: 2 },
  serversMilliseconds: { name: 'GET /api/servers, median', unit: 'ms', goal: 50, digits: 0 },
};

/** A line for each figure: what, how much, the goal, and whether it is met. */
export function figureLines(figures: Figures): string[][] {
  const lines = (Object.keys(rows) as (keyof Figures)[]).map((key) => {
    const { name, unit, goal, digits } = rows[key];
    const value = figures[key];
    const verdict = goal === undefined ? '' : value <= goal ? 'met' : 'missed';
    return [name, `${value.toFixed(digits)} ${unit}`.trim(), goal === undefined ? '' : `≤ ${goal}`, verdict];
  });
  return [['', 'measured', 'goal', ''], ...lines];
}
