import { expect, test } from 'vitest';
import { problemPage } from './problem-page.ts';

test('shows reason, remedy and log', () => {
  const page = problemPage({ message: 'Port 8080 is taken.', remedy: 'Set LISTEN_LOCAL.', logFile: '/h/logs/x.log' });
  expect(page).toContain('<p role="alert">Port 8080 is taken.</p>');
  expect(page).toContain('<p class="remedy">Set LISTEN_LOCAL.</p>');
  expect(page).toContain('/h/logs/x.log');
});

test('does without a remedy', () => {
  expect(problemPage({ message: 'It failed.', logFile: 'x' })).not.toContain('class="remedy"');
});

test('escapes what it is told', () => {
  const page = problemPage({ message: `<script>alert("1")</script>`, remedy: `a & 'b'`, logFile: '<x>' });
  expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  expect(page).toContain('a &amp; &#39;b&#39;');
  expect(page).not.toContain('<script');
});
