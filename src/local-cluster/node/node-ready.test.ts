import { describe, expect, it } from 'vitest';
import { isReadySince } from './node-ready.ts';

const node = (status: string, type = 'Ready'): string =>
  JSON.stringify({ status: { conditions: [{ type, status, lastHeartbeatTime: '2026-11-23T06:00:10Z' }] } });
const at = (time: string): number => Date.parse(`2026-11-23T${time}Z`);

describe('isReadySince', () => {
  it.each([
    ['Ready after the time', node('True'), at('06:00:09'), true],
    ['Ready in the same second', node('True'), at('06:00:10.900'), true],
    ['Ready before it', node('True'), at('06:00:11'), false],
    ['not Ready', node('False'), 0, false],
    ['other conditions only', node('True', 'DiskPressure'), 0, false],
    ['no conditions yet', '{"status":{}}', 0, false],
    ['no node', '{"kind":"Status","status":"Failure","code":404}', 0, false],
  ])('%s', (_what, body, since, expected) => {
    expect(isReadySince(body, since)).toBe(expected);
  });
});
