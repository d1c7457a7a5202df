import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import type { Patient } from '../patient.ts';
import { configuration } from './configuration.ts';

const patient = { home: '/home/ann/.guildnet' } as Patient;
const { signal } = new AbortController();
const misspelt = { variable: 'GUILDNET_WAKES', nearest: 'GUILDNET_WAKE' };
const broken = new GuildNetError('bad_config', 'GUILDNET_WAKE: "maybe" is neither.', { remedy: 'Mend the value.' });

test.each([
  { problems: [], unread: [], states: ['ok'] },
  { problems: [], unread: [misspelt], states: ['ok', 'warning'] },
  { problems: [broken], unread: [misspelt], states: ['error', 'warning'] },
])('the configuration with $problems.length problems and $unread.length unread variables', async (found) => {
  const findings = await configuration(found.problems, found.unread).check(patient, signal);
  expect(findings.map(({ state }) => state)).toEqual(found.states);
  for (const { state, message, remedy } of findings) {
    if (state === 'ok') continue;
    expect(message).toContain(state === 'error' ? 'GUILDNET_WAKE:' : 'GUILDNET_WAKES is none');
    expect(remedy).toBeTruthy();
  }
});
