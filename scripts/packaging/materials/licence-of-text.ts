/** Words that only this licence has, in the order in which to look: what contains another one's words comes first. */
const marks: readonly (readonly [licence: string, words: RegExp])[] = [
  ['MPL-2.0', /Mozilla Public License,? (?:v\. |version )2\.0/i],
  ['Apache-2.0', /Apache License,? Version 2\.0/i],
  [
    'BSD-3-Clause',
    /Redistribution and use in source and binary forms.*(?:Neither the name|The name of the author may not)/i,
  ],
  ['BSD-2-Clause', /Redistribution and use in source and binary forms/i],
  [
    '0BSD',
    /Permission to use, copy, modify, and\/or distribute this software for any purpose with or without fee is hereby granted\. THE SOFTWARE/i,
  ],
  [
    'ISC',
    /Permission to use, copy, modify,? and(?:\/or)? distribute this software for any purpose with or without fee/i,
  ],
  ['MIT', /Permission is hereby granted, free of charge, to any person obtaining a copy/i],
  ['Unlicense', /This is free and unencumbered software released into the public domain/i],
  ['CC0-1.0', /CC0 1\.0 Universal/i],
];

/**
 * Which licence a text is, as an SPDX identifier; undefined where it is none of those that are looked for. Go modules say it nowhere else.
 * Pure.
 */
export function licenceOfText(text: string): string | undefined {
  const plain = text.replaceAll(/(?:\s|[*#]|\/\/)+/g, ' ');
  return marks.find(([, words]) => words.test(plain))?.[0];
}
