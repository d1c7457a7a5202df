import { describe, expect, it } from 'vitest';
import { progressLine, progressText } from './progress-line.ts';

describe('progressText', () => {
  it.each([
    [{ step: 'Looking for Go' }, 'Looking for Go'],
    [{ step: 'Building', detail: 'fetching sources' }, 'Building: fetching sources'],
    [{ step: 'Building', done: 3, total: 9, unit: 'packages' }, 'Building: 3 of 9 packages'],
    [
      { step: 'Building', detail: 'k8s.io/api', done: 3, total: 9, unit: 'packages' },
      'Building: 3 of 9 packages (k8s.io/api)',
    ],
    [{ step: 'Copying', done: 3 }, 'Copying'],
  ])('%j', (progress, text) => {
    expect(progressText(progress)).toBe(text);
  });
});

describe('progressLine', () => {
  const shown = (terminal: { isTTY?: boolean; columns?: number }): string => {
    let text = '';
    const write = (part: string): boolean => {
      text += part;
      return true;
    };
    const line = progressLine({ ...terminal, write });
    line.report({ step: 'One', detail: 'a' });
    line.report({ step: 'One', detail: 'b' });
    line.report({ step: 'Two which is longer than the line', detail: 'c' });
    line.end();
    return text;
  };

  it('writes a line per step where lines stay', () => {
    expect(shown({})).toBe('One\nTwo which is longer than the line\n');
  });
  it('rewrites the line on a terminal, cut to its width', () => {
    expect(shown({ isTTY: true, columns: 21 })).toBe(
      '\rOne: a\u001b[K\rOne: b\u001b[K\n\rTwo which is longer \u001b[K\n',
    );
  });
});
