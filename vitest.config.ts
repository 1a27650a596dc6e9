import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  // Plugins import what the package will export.
  resolve: { alias: { 'flux-lint/rule': join(import.meta.dirname, 'src/rule.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/distribution/**'],
    setupFiles: ['test/plain-environment.ts'],
    testTimeout: 120_000,
    // Modules keep nothing between calls but what equal calls give: loading them anew for each file took a third of the time.
    isolate: false,
  },
});
