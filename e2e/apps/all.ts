import type { App } from './app.ts';
import { codeServer } from './code-server.ts';
import { gradio } from './gradio.ts';
import { jupyterLab } from './jupyterlab.ts';
import { marimo } from './marimo.ts';
import { mlflow } from './mlflow.ts';
import { nginx } from './nginx.ts';
import { nodeRed } from './node-red.ts';
import { streamlit } from './streamlit.ts';
import { novnc, ttyd } from './terminals.ts';
import { vite } from './vite.ts';
import { basic, events, grpcWeb, redirects } from './web-programs.ts';

/** Every application that is tried: the first are part of `npm test`, all of `npm run test:apps`. */
export const everyTime: readonly App[] = [vite, nginx, redirects, events, basic, streamlit, jupyterLab];
export const all: readonly App[] = [...everyTime, grpcWeb, ttyd, nodeRed, novnc, codeServer, marimo, gradio, mlflow];
