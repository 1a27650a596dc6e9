import manifest from '../../package.json' with { type: 'json' };

/** Who speaks, in reports and for `--version`. */
export const tool = { name: 'flux-lint', version: manifest.version } as const;

/** Where it lives: the one base of every link of ours. */
export const projectHome = manifest.homepage.replace(/#.*$/, '');

/** A page below `docs/`, for people. */
export const documentation = (page: string): string => `${projectHome}/blob/main/docs/${page}`;
