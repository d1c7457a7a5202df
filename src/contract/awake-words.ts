import type { Awake } from './server.ts';

/** What keeps a workspace awake, in words that follow "awake:". */
export const awakeWords: Readonly<Record<Awake['by'], string>> = {
  opened: 'somebody opened a page of it',
  input: 'somebody types or clicks in it',
  program: 'a program asks it',
  output: 'it works, with a page open',
  background: 'a page of it is open',
  elsewhere: 'it is used by way of another host',
  started: 'it has just been started',
};
