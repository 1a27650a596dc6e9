/** The documentation is tried: its YAML is parsed, its command lines are read by the command, its workflows are linted. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { builtInRules } from '../../src/analyze.ts';
import { tool } from '../../src/model/tool.ts';
import { snippetFor } from '../../src/report/init/snippets.ts';
import { runMain } from '../cli/run-main.ts';
import { type CommandLine, commandLinesOf, inlineCommandLinesOf, pages, snippetsOf } from './snippets.ts';

const empty = mkdtempSync(join(tmpdir(), 'flux-lint-docs-'));
afterAll(() => rmSync(empty, { recursive: true }));

const snippets = pages.flatMap(snippetsOf);
const yamlSnippets = snippets.filter(({ language }) => /^ya?ml$/.test(language));
const commandLines = [...snippets.flatMap(commandLinesOf), ...pages.flatMap(inlineCommandLinesOf)];

describe('YAML', () => {
  it.each(yamlSnippets.map((snippet) => [`${snippet.page}:${snippet.line}`, snippet.text]))('of %s is YAML', (_, text) => {
    for (const document of parseAllDocuments(text)) expect([...document.errors, ...document.warnings]).toEqual([]);
  });
});

/** Complaints about the arguments themselves; in an empty directory all else goes wrong, too. */
const complaint = async (argv: readonly string[]): Promise<string | undefined> => {
  const { code, stderr } = await runMain(argv, { cwd: empty }, { rules: async () => builtInRules });
  const isElsewhere =
    /holds nothing to lint|does not exist|lies outside the root|no git repository|is in no git work tree|is not in a git|there is no revision|is not a directory/.test(
      stderr,
    );
  return code === 2 && !isElsewhere ? stderr : undefined;
};

describe('command lines', () => {
  it('are found', () => {
    expect(commandLines.length).toBeGreaterThan(30);
    for (const page of ['README.md', 'docs/ci.md', 'docs/impact.md', 'docs/install.md']) {
      expect(commandLines.filter(({ place }) => place.startsWith(`${page}:`)).length, page).toBeGreaterThan(3);
    }
  });

  it.each(commandLines.map(({ place, argv }): [string, CommandLine['argv']] => [`${place}: ${argv.join(' ')}`, argv]))(
    '%s',
    async (_, argv) => {
      expect(await complaint(argv)).toBeUndefined();
    },
  );

  it.each([
    ['check', '--formt', 'json'],
    ['check', '--format', 'jsn'],
    ['--report', 'sarf=x'],
    ['chek'],
    ['impact', '--sinse', 'x'],
    ['impact', '--format', 'sarif'],
    ['build', '--origin'],
    ['graph', '--format', 'svg'],
    ['why', 'x', '--frmat', 'json'],
    ['explain', 'no/such-rule'],
    ['rules', '--format', 'yaml'],
  ])('that are wrong are told apart: %s %s %s', async (...argv) => {
    expect(await complaint(argv)).toBeDefined();
  });
});

/** Jobs and steps beside each other: a workflow of GitHub. */
const workflows = yamlSnippets.filter(({ text }) => /^jobs:/m.test(text) && /^on:/m.test(text));

describe('workflows', () => {
  const isMissing = spawnSync('actionlint', ['--version']).error !== undefined;
  if (isMissing)
    console.warn('actionlint does not run here (.ci/tools DIR installs it there): the workflows of the documentation are not judged');

  it('name the version that this is', () => {
    expect(workflows.length).toBeGreaterThan(3);
    const versions = snippets.flatMap(({ text }) =>
      [...text.matchAll(/flux-lint(?:\/flux-lint)?@v?(\d[\w.]*)/g)].map(([, version]) => version),
    );
    expect(versions.length).toBeGreaterThan(8);
    expect([...new Set(versions)]).toEqual([tool.version]);
  });

  /** With the action as a local one, actionlint knows its inputs and outputs. */
  const actionlint = (text: string): string => {
    const home = mkdtempSync(join(empty, 'repository-'));
    mkdirSync(join(home, '.git'));
    mkdirSync(join(home, '.github/workflows'), { recursive: true });
    cpSync('action.yml', join(home, 'action.yml'));
    writeFileSync(join(home, '.github/workflows/snippet.yml'), text.replace(/flux-lint\/flux-lint@v[\d.]+/g, './'));
    return spawnSync('actionlint', ['-no-color'], { cwd: home, encoding: 'utf8' }).stdout;
  };

  it.skipIf(isMissing).each(workflows.map(({ page, line, text }) => [`${page}:${line}`, text]))('%s pleases actionlint', (_, text) => {
    expect(actionlint(text)).toBe('');
  });

  it.skipIf(isMissing)('that give the action an input it does not have do not', () => {
    const [text = ''] = workflows.map((workflow) => workflow.text).filter((each) => each.includes('sarif-file: flux-lint.sarif'));
    expect(actionlint(text.replace('sarif-file:', 'sarif-fle:'))).toContain('sarif-fle');
  });
});

/** The schemas that editors check such files with (schemastore.org, which the program carries along). */
describe('pipelines', () => {
  const isMissing = spawnSync('check-jsonschema', ['--version']).error !== undefined;
  if (isMissing)
    console.warn('check-jsonschema does not run here (.ci/tools DIR installs it there): the pipelines of the documentation are not judged');

  const schemas = {
    'gitlab-ci': ['--data-transform', 'gitlab-ci'],
    // Its patterns are older than the flag that regular expressions of today have.
    'azure-pipelines': ['--regex-variant', 'nonunicode'],
    'github-actions': [],
    'github-workflows': [],
  } as const;
  const complaintsOf = (schema: keyof typeof schemas, text: string): string => {
    const file = join(mkdtempSync(join(empty, 'pipeline-')), 'pipeline.yml');
    writeFileSync(file, text);
    const { status, stdout } = spawnSync('check-jsonschema', ['--builtin-schema', `vendor.${schema}`, ...schemas[schema], file], {
      encoding: 'utf8',
    });
    return status === 0 ? '' : stdout;
  };
  const pipelines = [
    ...yamlSnippets.filter(({ text }) => /^flux-lint\S*:$/m.test(text)).map((snippet) => ['gitlab-ci', snippet] as const),
    ...yamlSnippets.filter(({ text }) => /^pool:/m.test(text)).map((snippet) => ['azure-pipelines', snippet] as const),
    ...workflows.map((snippet) => ['github-workflows', snippet] as const),
  ];

  it.skipIf(isMissing)('are found', () => {
    expect(pipelines.map(([schema]) => schema)).toEqual(expect.arrayContaining(['gitlab-ci', 'azure-pipelines', 'github-workflows']));
  });

  it.skipIf(isMissing).each(pipelines.map(([schema, { page, line, text }]) => [`${page}:${line}`, schema, text] as const))(
    '%s is a file of %s',
    (_, schema, text) => {
      expect(complaintsOf(schema, text)).toBe('');
    },
  );

  it.skipIf(isMissing)('the action is one', () => {
    const action = readFileSync('action.yml', 'utf8');
    expect(complaintsOf('github-actions', action)).toBe('');
    expect(complaintsOf('github-actions', action.replace('using: composite', 'using: composit'))).not.toBe('');
  });

  it.skipIf(isMissing).each(['gitlab', 'azure'] as const)('what init shows for %s is one, and with a wrong word is not', (automation) => {
    const schema = automation === 'gitlab' ? 'gitlab-ci' : 'azure-pipelines';
    const { text } = snippetFor(automation, tool.version);
    expect(complaintsOf(schema, text)).toBe('');
    expect(complaintsOf(schema, text.replace(/\b(script|artifacts):/g, '$1s:'))).not.toBe('');
  });
});
