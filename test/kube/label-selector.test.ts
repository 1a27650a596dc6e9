import { describe, expect, it } from 'vitest';
import { matchesLabels, parseLabelSelector } from '../../src/kube/label-selector.ts';

const labels = new Map([
  ['app', 'shop'],
  ['example.com/tier', 'web'],
  ['replicas', '12'],
  ['empty', ''],
]);

describe('label selectors', () => {
  it.each([
    ['', true],
    ['app=shop', true],
    ['app==shop', true],
    [' app = shop ', true],
    ['app=other', false],
    ['app!=shop', false],
    ['missing!=shop', true],
    ['app!=other', true],
    ['app', true],
    ['!app', false],
    ['! missing', true],
    ['missing', false],
    ['empty=', true],
    ['app=', false],
    ['example.com/tier in (web,api)', true],
    ['app in (a , shop)', true],
    ['app in(shop)', true],
    ['app notin (shop)', false],
    ['missing notin (shop)', true],
    ['missing in (shop)', false],
    ['empty in (,x)', true],
    ['empty in ()', true],
    ['replicas>11', true],
    ['replicas > 12', false],
    ['replicas<13', true],
    ['app>1', false],
    ['app=shop,example.com/tier in (web, api),!missing', true],
    ['app=shop,missing', false],
    ['in=1', false],
  ])('%s', (text, expected) => {
    const selector = parseLabelSelector(text);
    expect(selector.type === 'selector' && matchesLabels(selector, labels)).toBe(expected);
  });

  it.each([
    ['app=shop,', "found ''"],
    ['app=,,b', "found ''"],
    ['app shop', 'unable to parse requirement'],
    ['app=a b', 'unable to parse requirement'],
    ['app in (a b)', 'unable to parse requirement'],
    ['app in a', 'unable to parse requirement'],
    ['app=(a)', 'unable to parse requirement'],
    ['-app=a', 'invalid label key "-app"'],
    ['a/b/c=a', 'invalid label key'],
    ['Example.com/tier', 'invalid label key'],
    ['app=https://example.com', 'invalid label value'],
    ['replicas>many', 'must be an integer'],
  ])('rejects %s', (text, message) => {
    expect(parseLabelSelector(text)).toMatchObject({ type: 'failure', message: expect.stringContaining(message) });
  });
});
