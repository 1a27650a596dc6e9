/** Neovim, headless, with the lines of docs/editors.md: it opens a file of a fixture and shows its findings. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { removeDirectory, repositoryFrom } from '../git-repository.ts';

const top = join(import.meta.dirname, '../..');
const hasNeovim = spawnSync('nvim', ['--version']).status === 0;
if (!hasNeovim) console.warn('no Neovim here: the language server is tested with a played editor alone.');

/** The lines that show what a code lens answers. */
const showsAnswer = /^vim\.lsp\.commands\[.*?^end$/ms.exec(readFileSync(join(top, 'docs/editors.md'), 'utf8'))?.[0] ?? '';

const script = (root: string, result: string) => `
local client = vim.lsp.start_client({
  name = 'flux-lint',
  cmd = { ${[process.execPath, '--import', 'tsx', join(top, 'src/cli/bin.ts'), 'lsp', '--stdio'].map((word) => JSON.stringify(word)).join(', ')} },
  cmd_cwd = ${JSON.stringify(top)},
  root_dir = ${JSON.stringify(root)},
})
vim.cmd('edit ' .. ${JSON.stringify(join(root, 'clusters/prod-db-01/kustomization.yaml'))})
vim.lsp.buf_attach_client(0, client)
vim.wait(120000, function() return #vim.diagnostic.get(0) > 0 end, 50)
local found = vim.diagnostic.get(0)
local hover = vim.lsp.buf_request_sync(0, 'textDocument/definition', {
  textDocument = { uri = vim.uri_from_bufnr(0) },
  position = { line = 5, character = 10 },
}, 60000)
local places = {}
for _, answer in pairs(hover or {}) do
  for _, place in ipairs(answer.result or {}) do table.insert(places, place.uri) end
end
${showsAnswer}
local own = vim.api.nvim_get_current_buf()
local path = vim.uri_from_bufnr(0)
vim.lsp.commands['flux-lint.why']({ command = 'flux-lint.why', arguments = { path } }, { bufnr = own })
vim.wait(60000, function() return vim.api.nvim_get_current_buf() ~= own and vim.fn.getline(1) ~= '' end, 50)
local answer = vim.api.nvim_buf_get_lines(0, 0, -1, false)
local file = io.open(${JSON.stringify(result)}, 'w')
file:write(vim.fn.json_encode({ diagnostics = found, places = places, answer = answer }))
file:close()
vim.cmd('qall!')
`;

interface Shown {
  readonly diagnostics: readonly { readonly code: string; readonly lnum: number; readonly severity: number }[];
  readonly places: readonly string[];
  readonly answer: readonly string[];
}

it.skipIf(!hasNeovim)('shows the findings of a file, goes to what an entry builds, and shows what a lens answers', () => {
  const root = repositoryFrom(join(top, 'fixtures/repos/monorepo-outage'));
  const scratch = mkdtempSync(join(tmpdir(), 'flux-lint-'));
  onTestFinished(() => {
    removeDirectory(root);
    removeDirectory(scratch);
  });
  const result = join(scratch, 'result.json');
  writeFileSync(join(scratch, 'init.lua'), script(root, result));
  execFileSync('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${join(scratch, 'init.lua')}`], { stdio: 'ignore' });
  const { diagnostics, places, answer }: Shown = JSON.parse(readFileSync(result, 'utf8'));
  expect(diagnostics.map(({ lnum, severity }) => [lnum, severity])).toEqual([[5, 1]]);
  expect(JSON.stringify(diagnostics)).toContain('blast-radius/crosses-environments');
  expect(places.map((uri) => uri.slice(uri.indexOf('apps/')))).toEqual(['apps/fluent-bit/overlays/dev/kustomization.yaml']);
  expect(answer[0]).toMatch(/^clusters\/prod-db-01\/kustomization\.yaml reaches 1 cluster/);
});
