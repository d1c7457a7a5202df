import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kubeconfigFiles, namesCluster } from './cluster-choice.ts';

describe('kubeconfigFiles', () => {
  it.each([
    [{ HOME: '/home/ada' }, ['/home/ada/.kube/config']],
    [{ HOME: '/home/ada', KUBECONFIG: '' }, ['/home/ada/.kube/config']],
    [{ KUBECONFIG: `/one${delimiter}${delimiter}/two` }, ['/one', '/two']],
  ])('%j', (env, expected) => {
    expect(kubeconfigFiles(env)).toEqual(expected);
  });
});

describe('namesCluster', () => {
  it.each([
    ['no file', [], false],
    ['an empty file', [''], false],
    ['contexts but no current one', ['contexts: [{name: a}]'], false],
    ['a current context that is not there', ['current-context: b\ncontexts: [{name: a}]'], false],
    ['contexts: null', ['current-context: b\ncontexts: null'], false],
    ['a current context', ['current-context: a\ncontexts: [{name: a}]'], true],
    ['a context in another file', ['current-context: a', 'contexts: [{name: a}]'], true],
    ['a file that does not parse', ['{'], true],
  ])('%s: %j gives %s', (_, texts, expected) => {
    expect(namesCluster(texts)).toBe(expected);
  });
});
