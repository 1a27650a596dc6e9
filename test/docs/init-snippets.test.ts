/** What `init` prints to be copied is what the documentation and the README show. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tool } from '../../src/model/tool.ts';
import { snippetFor } from '../../src/report/init/snippets.ts';

it.each(['github', 'gitlab'] as const)('that for %s stands in docs/ci.md as it is', (automation) => {
  expect(readFileSync('docs/ci.md', 'utf8')).toContain(`\n${snippetFor(automation, tool.version).text}\`\`\``);
});

it('that for Azure Pipelines has the steps of docs/ci.md', () => {
  expect(readFileSync('docs/ci.md', 'utf8')).toContain(snippetFor('azure', tool.version).text);
});

it.each(['pre-commit', 'github'] as const)('that for %s stands in the README', (automation) => {
  expect(readFileSync('README.md', 'utf8')).toContain(`\n${snippetFor(automation, tool.version).text}\`\`\``);
});
