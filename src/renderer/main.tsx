// First, before any module that makes a schema: see there.
// oxlint-disable-next-line import/no-unassigned-import
import './zod-without-eval.ts';
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { choosePlatform } from './platform/choose.ts';
import { followLanguage } from './words/language.ts';
import './style/main.css';

followLanguage();
window.addEventListener('languagechange', followLanguage);
const root = document.querySelector('#app');
if (root === null) throw new Error('The page has no place for the application.');
const platform = choosePlatform();
render(() => <App platform={platform} />, root);
