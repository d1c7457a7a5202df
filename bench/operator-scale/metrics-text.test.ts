import { expect, test } from 'vitest';
import { parseMetrics, sample, writes } from './metrics-text.ts';

const text = `# HELP rest_client_requests_total Requests
# TYPE rest_client_requests_total counter
rest_client_requests_total{verb="GET",code="200"} 7
rest_client_requests_total{verb="PATCH",code="200"} 5
rest_client_requests_total{verb="PATCH",code="409"} 1
rest_client_requests_total{verb="PUT",code="200"} 30
rest_client_requests_total{verb="POST",code="201"} 2
process_resident_memory_bytes 1.5e8
`;

test('reads samples, and counts what may have changed something', () => {
  const samples = parseMetrics(text);
  expect(sample(samples, 'process_resident_memory_bytes')).toBe(150_000_000);
  expect(sample(samples, 'absent')).toBe(0);
  expect(writes(samples)).toBe(8);
});
