/** Where a reader of the stream stands: the view that it was told of, and the number of the next change of that. */
export interface StreamPlace {
  view: string;
  next: number;
}

/** As the id of an event. */
export function placeText({ view, next }: StreamPlace): string {
  return `${view}.${String(next)}`;
}

/** The place that an id names; undefined for what is none of ours, of which the list is told anew. */
export function parsePlace(text: string | undefined): StreamPlace | undefined {
  const [, view, next] = /^([0-9a-f]{16})\.(\d{1,15})$/.exec(text ?? '') ?? [];
  return view === undefined || next === undefined ? undefined : { view, next: Number(next) };
}
