import { expect, test } from 'vitest';
import { signInAnswer, signInPage } from './sign-in-page.ts';

const question = { workspace: 'w', realm: 'Engine', to: 'w.localhost:8080', again: false };

test('names the workspace, the realm and where the answer goes', () => {
  const page = signInPage(question);
  for (const text of ['Sign in to w', '“Engine”', 'w.localhost:8080']) expect(page).toContain(text);
  expect(page).not.toContain('role="alert"');
  expect(signInPage({ ...question, again: true })).toContain('not accepted');
});

test('the realm is a stranger’s words: escaped, in one short line, and left out when there are none', () => {
  const page = signInPage({ ...question, realm: `<form action="//evil">\n\u202e${'x'.repeat(500)}` });
  expect(page).toContain('&lt;form action=&quot;//evil&quot;&gt;');
  expect(page.match(/<form/g)).toHaveLength(1);
  expect(page).not.toMatch(/\u202e|x{121}/);
  expect(signInPage({ ...question, realm: ' \n' })).not.toContain('It says');
});

test.each([
  ['name=ada&password=a%26b%3D+c&answer=sign-in', { answer: 'sign-in', name: 'ada', password: 'a&b= c' }],
  ['name=&password=&answer=sign-in', { answer: 'sign-in', name: '', password: '' }],
  ['name=ada&password=x&answer=cancel', { answer: 'cancel' }],
  ['name=ada&password=x', undefined],
  ['answer=sign-in&name=ada', undefined],
  [`answer=sign-in&name=${'x'.repeat(254)}&password=x`, undefined],
  [`answer=sign-in&name=x&password=${'x'.repeat(1_025)}`, undefined],
  ['', undefined],
])('the form %s says %j', (form, answer) => expect(signInAnswer(form)).toEqual(answer));
