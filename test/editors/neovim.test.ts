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
local file = io.open(${JSON.stringify(result)}, 'w')
file:write(vim.fn.json_encode({ diagnostics = found, places = places }))
file:close()
vim.cmd('qall!')
`;

it.skipIf(!hasNeovim)('shows the findings of a file, and goes to what an entry builds', () => {
  const root = repositoryFrom(join(top, 'fixtures/repos/monorepo-outage'));
  const scratch = mkdtempSync(join(tmpdir(), 'flux-lint-'));
  onTestFinished(() => {
    removeDirectory(root);
    removeDirectory(scratch);
  });
  const result = join(scratch, 'result.json');
  writeFileSync(join(scratch, 'init.lua'), script(root, result));
  execFileSync('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${join(scratch, 'init.lua')}`], { stdio: 'ignore' });
  const { diagnostics, places }: { diagnostics: { code: string; lnum: number; severity: number }[]; places: string[] } = JSON.parse(
    readFileSync(result, 'utf8'),
  );
  expect(diagnostics.map(({ lnum, severity }) => [lnum, severity])).toEqual([[5, 1]]);
  expect(JSON.stringify(diagnostics)).toContain('blast-radius/crosses-environments');
  expect(places.map((uri) => uri.slice(uri.indexOf('apps/')))).toEqual(['apps/fluent-bit/overlays/dev/kustomization.yaml']);
});
