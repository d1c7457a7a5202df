/** A workspace answered, and its answer may not be sent on; the message says why. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
}

/** A workspace took too long: to begin its answer, or to answer an upgrade. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly to: 'answer' | 'upgrade';

  constructor(to: 'answer' | 'upgrade') {
    super(`The workspace did not ${to === 'answer' ? 'begin its answer' : 'answer the upgrade'} in time.`);
    this.to = to;
  }
}
