/** What a configuration is called where somebody writes a new one. */
export const configName = '.flux-lint.yaml';

/** What it may be called; where several stand in one directory, the first counts. */
export const configNames: readonly string[] = [configName, '.flux-lint.yml', '.flux-lint.json'];
