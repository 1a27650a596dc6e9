/** Random sources and copy operations for an ArtifactGenerator, and what flux-lint makes of them. */
import { memoryFiles } from '../../src/files/memory.ts';
import { generateArtifact } from '../../src/flux/source/artifact-generator.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';
import type { Answer } from './oracle.ts';
import type { Random } from './random.ts';
import type { Tree } from './tree.ts';

export interface RandomArtifact {
  /** Files by path, by alias. */
  readonly sources: Readonly<Record<string, Tree>>;
  readonly copy: readonly {
    readonly from: string;
    readonly to: string;
    readonly exclude?: readonly string[];
    readonly strategy?: string;
  }[];
}

export const randomArtifact = (random: Random): RandomArtifact => ({
  sources: Object.fromEntries(aliases.map((alias) => [alias, source(random)])),
  copy: Array.from({ length: 1 + random.below(2) }, () => ({
    from: `@${random.chance(0.01) ? 'none' : random.one(aliases)}/${random.one(random.chance(0.15) ? oddPatterns : patterns)}`,
    to: `@artifact/${random.one(random.chance(0.1) ? oddDestinations : destinations)}`,
    ...(random.chance(0.35) && { exclude: [random.one(excludes), ...random.some(excludes, 0.05)] }),
    ...(random.chance(0.4) && { strategy: random.one(['Merge', 'Merge', 'Overwrite']) }),
  })),
});

const aliases = ['apps', 'infra'] as const;

const paths = [
  'README.md',
  'values.yaml',
  'web/a.yaml',
  'web/b.yml',
  'web/config/values.yaml',
  'web/config/deep/note.md',
  'api/a.yaml',
  'api/.hidden.yaml',
  'api/config/values.yaml',
  '.github/workflows/test.yaml',
  'web/logo.png',
  'api/[odd].yaml',
  '.sourceignore',
] as const;

const texts = [
  'a: 1\n',
  'a: 2\nb: { c: x }\n',
  'b:\n  c: y\n  d: [1, 2]\n',
  'list: [1]\n',
  'a: null\nlist: null\n',
  '# only a comment\n',
  '- 1\n',
  'a: "1"\nb: text\n',
  'a: [\n',
  'a: 1\n---\nb: 2\n',
  'web\n',
  '',
] as const;

const source = (random: Random): Tree => Object.fromEntries(random.some(paths, 0.75).map((path) => [path, random.one(texts)]));

const patterns = [
  '**',
  '*',
  '**/*.yaml',
  '*/*.yaml',
  '*.yaml',
  'web',
  'web/',
  'web/*',
  'web/**',
  'web/a.yaml',
  'web/config',
  'web/config/**',
  './web',
  'web//a.yaml',
  '[aw]*/**',
  '?eb/*.y?ml',
  'values.yaml',
  '*/config/*',
  '**/config/**',
  'api/*',
  'api',
] as const;

/** What hardly anybody writes, and most of it fails. */
const oddPatterns = [
  './web/**',
  'web/../api',
  '{web,api}/a.yaml',
  '[!w]*/config',
  '[^w]*/config',
  'missing',
  'missing/**',
  '',
  '.',
  './',
  '/web',
  'api/[odd].yaml',
  'api/\\[odd\\].yaml',
  '[',
  '../apps/web',
] as const;

const destinations = ['', '', 'x', 'x/', 'web', 'web/', 'web/a.yaml', 'values.yaml', 'x/config'] as const;
const oddDestinations = ['x/../y', 'web/../values.yaml', './z/', 'x//y/', '/abs', '../out', 'x/../y/'] as const;

const excludes = [
  '*.md',
  '**/*.md',
  'web/**',
  'config/**',
  '**/config/**',
  'a.yaml',
  '*.yaml',
  'web',
  'config',
  '{a,b}.*',
  'deep/*',
  '.hidden.yaml',
  './a.yaml',
  '**/*.y{a,}ml',
  '[ab].yaml',
] as const;

/** In the order of the paths: what was copied first does not show in an archive. */
export const generated = ({ sources, copy }: RandomArtifact): Answer => {
  const text = JSON.stringify({
    apiVersion: 'source.extensions.fluxcd.io/v1beta1',
    kind: 'ArtifactGenerator',
    metadata: { name: 'made', namespace: 'shop' },
    spec: { sources: aliases.map((alias) => ({ alias, kind: 'GitRepository', name: alias })), artifacts: [{ name: 'made', copy }] },
  });
  const [generator] = parseYaml(text, wholeFile('generator.yaml')).documents;
  if (generator?.root?.type !== 'map') throw new Error('no map');
  const artifact = generateArtifact({
    generator: generator.root,
    name: 'made',
    sources: new Map(
      Object.entries(sources).map(([alias, files]) => [
        alias,
        { type: 'mapped', files: memoryFiles(files), repository: undefined, revision: undefined, assumed: undefined } as const,
      ]),
    ),
  });
  if (artifact.type === 'unmapped') return { objects: [], error: artifact.why };
  const { files } = artifact;
  return { objects: files.paths.map((path) => JSON.stringify([path, files.file(path)?.text ?? ''])).sort(), error: undefined };
};
