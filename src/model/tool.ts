import manifest from '../../package.json' with { type: 'json' };

/** Who speaks, in reports and for `--version`. */
export const tool = { name: 'flux-lint', version: manifest.version } as const;
