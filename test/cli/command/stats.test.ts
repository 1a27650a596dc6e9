/** Where the time went: said beside the report, never in it. */
import { expect, it } from 'vitest';
import { createStopwatch } from '../../../src/cli/terminal/stopwatch.ts';
import { unwatched } from '../../../src/model/watch.ts';
import { statsText } from '../../../src/report/check/stats.ts';
import { sampleResult } from '../../report/sample.ts';
import { repositoryOf } from '../repository.ts';

const repository = () =>
  repositoryOf({
    'clusters/production/flux-system/gotk-sync.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/production, prune: true, sourceRef: { kind: GitRepository, name: flux-system }, dependsOn: [{ name: nobody }] }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: 'https://example.com/fleet' }
`,
  });

it.each(['text', 'json', 'sarif'])('leaves a report as %s as it is', async (format) => {
  const { run } = repository();
  const plain = await run(['--format', format]);
  const { stderr, ...measured } = await run(['--format', format, '--stats'], { now: () => performance.now() });
  expect({ ...measured, stderr: '' }).toEqual(plain);
  expect(plain.code).toBe(1);
  expect(stderr).toMatch(/^\nstep +ms +share\nstart-up /);
  expect(stderr).toMatch(/^parsing +\d+ +\S+ % +1 file$/m);
  expect(stderr).toMatch(/^evaluation .* 1 cluster, 2 objects$/m);
  expect(stderr).toMatch(/^[a-z-]+\/[a-z-]+ +\d+ +\d+ % +\d+$/m);
});

it('gives each step its own time, and the time within it to what is within', () => {
  let time = 0;
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  const { watch, timings } = createStopwatch(unwatched, () => time);
  const parse = () =>
    watch.during('parsing', () => {
      pass(5);
      watch.count('file', 1);
    });
  const answer = watch.during('evaluation', () => {
    pass(10);
    parse();
    parse();
    pass(1);
    return 'done';
  });
  watch.during('rules', () => {
    pass(2);
    for (const rule of ['a/b', 'a/c', 'a/b']) {
      watch.during({ rule }, () => {
        pass(3);
        parse();
      });
    }
  });
  expect(answer).toBe('done');
  expect(Object.fromEntries(timings.steps)).toEqual({ evaluation: 11, parsing: 25, rules: 2 });
  expect(Object.fromEntries(timings.rules)).toEqual({ 'a/b': 6, 'a/c': 3 });
  expect(timings.counts.get('file')).toBe(5);
});

it('keeps the time of what failed apart as well', () => {
  let time = 0;
  const { watch, timings } = createStopwatch(unwatched, () => time);
  const fail = () =>
    watch.during('graph', () => {
      time += 4;
      throw new Error('no');
    });
  expect(() => watch.during('evaluation', fail)).toThrow('no');
  expect(Object.fromEntries(timings.steps)).toEqual({ graph: 4, evaluation: 0 });
});

it('is read at a glance', () => {
  const rules = Array.from({ length: 12 }, (_, index) => [`tenancy/rule-${index}`, index] as const);
  const text = statsText({
    timings: {
      steps: new Map([
        ['files', 120],
        ['parsing', 480],
        ['evaluation', 1300.4],
        ['rules', 34],
      ]),
      rules: new Map([...rules, ['manifest/invalid-yaml', 700]]),
      counts: new Map([
        ['file', 1204],
        ['cluster', 18],
        ['object', 3220],
        ['rule', 13],
      ]),
    },
    findings: sampleResult.findings,
    startUp: 200,
    total: 3000,
    peakMemory: 300 * 2 ** 20,
  });
  expect(text).toBe(`
step           ms  share
start-up      200    7 %
files         120    4 %
parsing       480   16 %  1,204 files
evaluation  1,300   43 %  18 clusters, 3,220 objects
graph           0    0 %
rules         800   27 %  13 rules
findings        0    0 %  ${sampleResult.findings.length} findings
report          0    0 %
other         100    3 %
total       3,000  100 %

rule                    ms  share  findings
manifest/invalid-yaml  700   23 %  ${sampleResult.findings.filter(({ ruleId }) => ruleId === 'manifest/invalid-yaml').length}
tenancy/rule-11         11    0 %  0
tenancy/rule-10         10    0 %  0
tenancy/rule-9           9    0 %  0
tenancy/rule-8           8    0 %  0
tenancy/rule-7           7    0 %  0
tenancy/rule-6           6    0 %  0
tenancy/rule-5           5    0 %  0
tenancy/rule-4           4    0 %  0
tenancy/rule-3           3    0 %  0

Peak memory: 300 MB
`);
});
