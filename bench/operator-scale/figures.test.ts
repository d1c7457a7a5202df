import { expect, test } from 'vitest';
import { figureLines } from './figures.ts';

test('says of each figure whether it meets its goal', () => {
  const lines = figureLines({
    reconcileAllSeconds: 12.34,
    writesPerLaunch: 8,
    writesPerIdleMinute: 1,
    resyncSeconds: 2,
    residentMegabytes: 200,
    idleCpuPercent: 0.5,
    serversMilliseconds: 51,
  });
  expect(lines.slice(1)).toEqual([
    ['time to reconcile all', '12.3 s', '', ''],
    ['API writes per launch', '8.00', '≤ 8', 'met'],
    ['API writes per idle minute', '1', '≤ 0', 'missed'],
    ['resync after restart', '2.0 s', '≤ 8', 'met'],
    ['resident memory', '200 MB', '≤ 350', 'met'],
    ['idle CPU', '0.50 %', '≤ 2', 'met'],
    ['GET /api/servers, median', '51 ms', '≤ 50', 'missed'],
  ]);
});
