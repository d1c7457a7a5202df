import type { SignInKind } from './sign-in-kind.ts';

/**
 * Jupyter Server takes its token from `JUPYTER_TOKEN` and lets in who sends it, on WebSockets, too; it asks such a request for no
 * XSRF token. (https://jupyter-server.readthedocs.io/en/latest/operators/security.html)
 */
export const jupyterSignIn: SignInKind = {
  variables: ['JUPYTER_TOKEN'],
  secret: (password) => ({ JUPYTER_TOKEN: password }),
  settings: [],
  credential({ JUPYTER_TOKEN: value }) {
    return value === undefined || value === '' ? undefined : { kind: 'authorization', value: `token ${value}` };
  },
};
