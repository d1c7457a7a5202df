import { expect, test } from 'vitest';
import { licenceOfText } from './licence-of-text.ts';

test.each([
  ['MIT', 'MIT License\n\nPermission is hereby granted, free of charge, to any person\nobtaining a copy of this'],
  ['Apache-2.0', '                   Apache License\n             Version 2.0, January 2004'],
  ['Apache-2.0', 'Licensed under the Apache License, Version 2.0 (the "License")'],
  ['BSD-2-Clause', '// Redistribution and use in source and binary\n// forms, with or without modification'],
  ['BSD-3-Clause', 'Redistribution and use in source and binary forms\n * Neither the name of Google Inc. nor'],
  [
    'ISC',
    'Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that',
  ],
  [
    '0BSD',
    'Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted.\n\nTHE SOFTWARE IS',
  ],
  ['MPL-2.0', 'Mozilla Public License Version 2.0\n=====\n1. Definitions'],
  ['Unlicense', 'This is free and unencumbered software released into the public domain.'],
  [undefined, 'All rights reserved.'],
  [undefined, ''],
])('%s', (licence, text) => {
  expect(licenceOfText(text)).toBe(licence);
});
