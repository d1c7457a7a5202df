import { expect, test } from 'vitest';
import { chooseImage } from './choose-image.ts';

const presets = [
  { label: 'code-server', image: 'registry.test/code-server:4' },
  { label: 'Jupyter Lab', image: 'registry.test/jupyter:1' },
];

test.each([
  ['a label', 'code-server', 'registry.test/code-server:4'],
  ['a label in another case', 'Code-Server', 'registry.test/code-server:4'],
  ['a label with hyphens for blanks', 'jupyter-lab', 'registry.test/jupyter:1'],
  ['a label as it stands', 'Jupyter Lab', 'registry.test/jupyter:1'],
  ['an image', 'alpine', 'alpine'],
  ['an image whose tag makes it no label', 'code-server:5', 'code-server:5'],
  ['an image with a registry', 'ghcr.io/a/code-server', 'ghcr.io/a/code-server'],
])('%s', (_what, given, image) => {
  expect(chooseImage(given, presets)).toBe(image);
});

test.each([
  ['', 'The image is empty.'],
  ['two words', 'has white space in it'],
  ['https://ghcr.io/a/b', 'is a URL'],
  ['ghcr.io/Owner/Image', 'capital letters'],
])('%j is refused, and the presets are named', (given, why) => {
  expect(() => chooseImage(given, presets)).toThrow(
    expect.objectContaining({
      code: 'invalid_spec',
      message: expect.stringContaining(why),
      remedy: expect.stringContaining('"Jupyter Lab"'),
    }),
  );
});

test('without presets the remedy names none', () => {
  expect(() => chooseImage('', [])).toThrow(
    expect.objectContaining({ remedy: 'Give an image reference such as ghcr.io/owner/image:1.2.' }),
  );
});
