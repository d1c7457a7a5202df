/** The samples of one reading of `/metrics`: name with labels → value. */
export type Samples = ReadonlyMap<string, number>;

/** Reads Prometheus' text format; lines that are no sample are passed over. */
export function parseMetrics(text: string): Samples {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    const at = line.lastIndexOf(' ');
    if (line.startsWith('#') || at < 0) continue;
    samples.set(line.slice(0, at), Number(line.slice(at + 1)));
  }
  return samples;
}

/** The value of a sample; 0 for one that is not there. */
export function sample(samples: Samples, name: string): number {
  return samples.get(name) ?? 0;
}

/**
 * Requests that may have changed something, refused ones too. PUT is left out: only the Lease is renewed with it, by design
 * and whether there is anything to do or not.
 */
export function writes(samples: Samples): number {
  let count = 0;
  for (const [name, value] of samples)
    if (/^rest_client_requests_total\{verb="(POST|PATCH|DELETE)"/.test(name)) count += value;
  return count;
}
