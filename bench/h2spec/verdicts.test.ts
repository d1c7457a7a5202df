import { expect, test } from 'vitest';
import { readVerdicts } from './verdicts.ts';

const output = `Generic tests for HTTP/2 server
  1. Starting HTTP/2
    ✔ 1: Sends a client connection preface

Hypertext Transfer Protocol Version 2 (HTTP/2)
  6. Frame Definitions
    6.3. PRIORITY
      × 1: Sends a PRIORITY frame with 0x0 stream identifier
        -> The endpoint MUST respond with a connection error of type PROTOCOL_ERROR.

Failures:

  6. Frame Definitions
    6.3. PRIORITY
      × 1: Sends a PRIORITY frame with 0x0 stream identifier

Finished in 49.3170 seconds
145 tests, 133 passed, 1 skipped, 11 failed
`;

test('what failed is told once, with its section', () => {
  expect(readVerdicts(output)).toEqual({
    passed: 133,
    failed: ['6.3. PRIORITY: Sends a PRIORITY frame with 0x0 stream identifier'],
  });
});

test('a run without an end is none', () => {
  expect(() => readVerdicts('6. Frame')).toThrow('came to no end');
});
