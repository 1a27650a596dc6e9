import { describe, expect, it } from 'vitest';
import type { Files } from '../../../src/files/files.ts';
import { memoryFiles } from '../../../src/files/memory.ts';
import type { Artifact } from '../../../src/flux/evaluation.ts';
import { generateArtifact, mayGenerate } from '../../../src/flux/source/artifact-generator.ts';
import { isMap } from '../../../src/yaml/node.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';

const repository = memoryFiles({
  'apps/web/base/x.yaml': 'x: 1\n',
  'apps/web/base/readme.md': '',
  'apps/Mail/base/m.yaml': 'm: 1\n',
  'infra/a.yaml': 'a: 1\n',
  'infra/deep/b.yaml': 'b: 1\n',
  'infra/logo.png': '',
  'values/base.yaml': '# defaults\nimage: {name: web, tag: "1"}\nhosts: [a]\non: yes\n',
  'values/prod.yaml': 'image: {tag: "2"}\nhosts: [b]\n',
  'chart.tgz': '',
});

const mapped = (files: Files): Artifact => ({ type: 'mapped', files, repository: undefined, revision: undefined, assumed: undefined });

const generate = (
  spec: string,
  name = 'out',
  sources: readonly (readonly [string, Artifact | undefined])[] = [['repo', mapped(repository)]],
) => {
  const generator = parseYaml(`metadata: {name: gen, namespace: apps}\nspec: ${spec}\n`, wholeFile('gen.yaml')).documents[0]?.root;
  if (!isMap(generator)) throw new Error('no object');
  return generateArtifact({ generator, name, sources: new Map(sources) });
};
const copies = (...operations: readonly string[]) => `{artifacts: [{name: out, copy: [${operations.join(', ')}]}]}`;
const pathsOf = (artifact: Artifact) => (artifact.type === 'mapped' ? artifact.files.paths : artifact.why);

/** Expectations are what source-watcher 2.2.3 copies. */
describe('generateArtifact', () => {
  it.each([
    ['a directory as a directory', ['{from: "@repo/infra", to: "@artifact/"}'], ['infra/a.yaml', 'infra/deep/b.yaml']],
    ['its content', ['{from: "@repo/infra/**", to: "@artifact/cluster"}'], ['cluster/a.yaml', 'cluster/deep/b.yaml']],
    [
      'the whole source',
      ['{from: "@repo/.", to: "@artifact/", exclude: ["apps/**", "values"]}'],
      ['chart.tgz', 'infra/a.yaml', 'infra/deep/b.yaml'],
    ],
    ['a file under another name', ['{from: "@repo/infra/a.yaml", to: "@artifact/z.yaml"}'], ['z.yaml']],
    ['a file into a directory', ['{from: "@repo/infra/a.yaml", to: "@artifact/z/"}'], ['z/a.yaml']],
    [
      'to where a destination leads, be it there or not',
      ['{from: "@repo/infra", to: "@artifact/x/../y"}'],
      ['y/infra/a.yaml', 'y/infra/deep/b.yaml'],
    ],
    [
      'a file through a directory that is there',
      ['{from: "@repo/infra/deep", to: "@artifact/"}', '{from: "@repo/infra/a.yaml", to: "@artifact/deep/../z.yaml"}'],
      ['deep/b.yaml', 'z.yaml'],
    ],
    ['nothing that is excluded, wherever to', ['{from: "@repo/infra/a.yaml", to: "@artifact/../up", exclude: ["a.yaml"]}'], []],
    ['matches under their whole path', ['{from: "@repo/infra/*.yaml", to: "@artifact/z"}'], ['z/infra/a.yaml']],
    ['two stars as one', ['{from: "@repo/**/b*.yaml", to: "@artifact/"}'], ['values/base.yaml']],
    [
      'all but what is excluded, by path or by name',
      ['{from: "@repo/apps/**", to: "@artifact/", exclude: ["*.md", "apps/Mail/**"]}'],
      ['web/base/x.yaml'],
    ],
  ])('copies %s', (_, operations, paths) => {
    expect(pathsOf(generate(copies(...operations)))).toEqual(paths);
  });

  it('keeps the files what they are', () => {
    const artifact = generate(copies('{from: "@repo/infra/**", to: "@artifact/cluster"}'));
    const file = artifact.type === 'mapped' ? artifact.files.file('cluster/a.yaml') : undefined;
    expect(file).toBe(repository.file('infra/a.yaml'));
  });

  it('merges YAML where a file is there already', () => {
    const artifact = generate(
      copies(
        '{from: "@repo/values/base.yaml", to: "@artifact/v.yaml"}',
        '{from: "@repo/values/prod.yaml", to: "@artifact/v.yaml", strategy: Merge}',
      ),
    );
    const file = artifact.type === 'mapped' ? artifact.files.file('v.yaml') : undefined;
    expect(file?.text).toBe('hosts:\n- b\nimage:\n  name: web\n  tag: "2"\n"on": true\n');
    expect(file?.path).toBe('values/base.yaml+values/prod.yaml');
  });

  it.each([
    [['{from: "@repo/nope", to: "@artifact/"}'], "source 'nope' does not exist"],
    [['{from: "@repo/nope/*", to: "@artifact/"}'], "no files match pattern 'nope/*'"],
    [['{from: "@repo/infra/*.png", to: "@artifact/", exclude: ["*.png"]}'], 'were excluded'],
    [['{from: "@other/x", to: "@artifact/"}'], "source alias 'other' not found"],
    [['{from: "@repo/infra", to: "@artifact/../up"}'], 'invalid copy destination'],
    [['{from: "@repo/infra/a.yaml", to: "@artifact/x/../y"}'], 'leads through no directory'],
    [['{from: "infra", to: "@artifact/"}'], 'invalid copy source'],
    [['{from: "@repo/infra/a.yaml", to: "@artifact/x"}', '{from: "@repo/infra", to: "@artifact/x"}'], 'x is a file already'],
    [['{from: "@repo/chart.tgz", to: "@artifact/", strategy: Extract}'], 'the archive @repo/chart.tgz is not unpacked here'],
  ])('says why nothing is made of %j', (operations, why) => {
    const artifact = generate(copies(...operations));
    expect(artifact.type).toBe('unmapped');
    expect(pathsOf(artifact)).toContain(why);
  });

  it('is as unmapped as the source it copies from, and only that one', () => {
    const unmapped: Artifact = { type: 'unmapped', why: 'no checkout', howTo: 'map it' };
    const sources = [['repo', mapped(repository)] as const, ['team', unmapped] as const, ['gone', undefined] as const];
    expect(generate(copies('{from: "@team/x", to: "@artifact/"}'), 'out', sources)).toEqual(unmapped);
    expect(pathsOf(generate(copies('{from: "@gone/x", to: "@artifact/"}'), 'out', sources))).toContain('is not in the cluster');
    expect(generate(copies('{from: "@repo/infra", to: "@artifact/"}'), 'out', sources).type).toBe('mapped');
  });

  const pattern =
    '{pathPattern: "@repo/apps/{app}", artifacts: [{name: "team-{app}", copy: [{from: "@repo/apps/{app}/**", to: "@artifact/{app}"}]}]}';

  it('makes one artifact for each directory of a pathPattern, names in lower case', () => {
    expect(pathsOf(generate(pattern, 'team-web'))).toEqual(['web/base/readme.md', 'web/base/x.yaml']);
    expect(pathsOf(generate(pattern, 'team-mail'))).toEqual(['Mail/base/m.yaml']);
    expect(pathsOf(generate(pattern, 'team-nope'))).toContain('gives an artifact team-nope');
  });

  it.each([
    ['{pathPattern: "@repo/apps/{app", artifacts: [{name: "{app}"}]}', 'a brace has no partner'],
    ['{pathPattern: "@repo/apps/{a-b}", artifacts: [{name: "{a-b}"}]}', 'cannot be the name of a capture'],
    ['{pathPattern: "@repo/{a}/{a}", artifacts: [{name: "{a}"}]}', 'stands there twice'],
    ['{pathPattern: "@repo/apps/{app}", artifacts: [{name: "all"}]}', 'both give the artifact all'],
    ['{pathPattern: "@repo/apps/{app}", artifacts: [{name: "{other}"}]}', '{other} is not in the pathPattern'],
    ['{pathPattern: "@repo/apps/{app}", artifacts: [{name: "-{app}"}]}', 'cannot be the name of an object'],
  ])('refuses %s', (spec, why) => {
    expect(pathsOf(generate(spec))).toContain(why);
  });

  it('may make what its names and templates say', () => {
    const generatorOf = (spec: string) => {
      const root = parseYaml(`spec: ${spec}`, wholeFile('gen.yaml')).documents[0]?.root;
      if (!isMap(root)) throw new Error('no object');
      return root;
    };
    expect(mayGenerate(generatorOf(pattern), 'team-web')).toBe(true);
    expect(mayGenerate(generatorOf(pattern), 'web')).toBe(false);
    expect(mayGenerate(generatorOf(copies()), 'out')).toBe(true);
    expect(mayGenerate(generatorOf(copies()), 'other')).toBe(false);
  });
});
