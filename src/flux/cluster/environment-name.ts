/** How far from production an environment is. */
export type Tier = 'production' | 'staging' | 'development';

export interface EnvironmentName {
  /** The usual name: `prd` is `production`, `stg` is `staging`. */
  readonly environment: string;
  readonly tier: Tier;
  /** The word that said so, as written. */
  readonly token: string;
}

const usualNames: readonly (readonly [tier: Tier, environment: string, words: readonly string[]])[] = [
  ['production', 'production', ['production', 'prod', 'prd', 'live']],
  ['staging', 'staging', ['staging', 'stage', 'stg']],
  ['staging', 'preproduction', ['preproduction', 'preprod', 'pre-production', 'pre-prod']],
  ['staging', 'uat', ['uat', 'acceptance', 'acc']],
  ['development', 'development', ['development', 'develop', 'devel', 'dev']],
  ['development', 'test', ['test', 'testing', 'tst', 'sit']],
  ['development', 'qa', ['qa']],
  ['development', 'sandbox', ['sandbox', 'sbx', 'playground', 'lab']],
  ['development', 'demo', ['demo']],
  ['development', 'local', ['local']],
  ['development', 'nonproduction', ['nonproduction', 'nonprod', 'non-production', 'non-prod']],
];

/** The names that environments have without any configuration. */
export const usualEnvironments: readonly string[] = usualNames.map(([, environment]) => environment);

const byWord = new Map(usualNames.flatMap(([tier, environment, words]) => words.map((word) => [word, { tier, environment }] as const)));

/**
 * The environment that the name of a cluster, a Kustomization or a folder (one segment of a path) speaks of, by whole
 * words only: `prod-db-01` is production, `product` and `livekit` are not. Undefined where no word or words of different
 * tiers name one: `prod-to-staging-mirror` is neither.
 */
export const environmentOf = (name: string): EnvironmentName | undefined => {
  const tokens = name.split(/[-_.\d]+/).filter(Boolean);
  const found: EnvironmentName[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const [token = '', next = ''] = tokens.slice(index, index + 2);
    const pair = byWord.get(`${token}-${next}`.toLowerCase());
    const known = pair ?? byWord.get(token.toLowerCase());
    if (known === undefined) continue;
    found.push({ ...known, token: pair ? `${token}-${next}` : token });
    if (pair) index++;
  }
  const [first] = found;
  return found.every(({ tier }) => tier === first?.tier) ? first : undefined;
};
