import type { KindSchemas } from '../schema.ts';
import {
  accessFrom,
  boolean,
  defaulted,
  duration,
  gitReference,
  list,
  localReference,
  looseTimeout,
  matching,
  object,
  oldGitReference,
  oneOf,
  since,
  sourceTimeout,
  string,
} from './parts.ts';

const url = matching(
  '^(http|https|ssh)://.*$',
  'a URL that starts with https://, http:// or ssh:// (git@host:org/repo is ssh://git@host/org/repo)',
);

const shared = {
  ignore: string,
  include: list(object({ repository: localReference }, { fromPath: string, toPath: string })),
  recurseSubmodules: boolean,
  secretRef: localReference,
  suspend: boolean,
};

const v1 = object(
  { interval: duration, url },
  {
    ...shared,
    provider: since('2.4', oneOf(['generic', 'azure'], { github: '2.5', aws: '2.9' })),
    proxySecretRef: localReference,
    ref: gitReference,
    serviceAccountName: since('2.7', string),
    sparseCheckout: since('2.6', list(string)),
    timeout: sourceTimeout,
    verify: object({ secretRef: localReference }, { mode: defaulted('HEAD', oneOf(['head', 'HEAD', 'Tag', 'TagAndHEAD'])) }),
  },
);

const beta = { ...shared, accessFrom, gitImplementation: defaulted('go-git', oneOf(['go-git', 'libgit2'])) };

const v1beta2 = object(
  { interval: duration, url },
  {
    ...beta,
    ref: gitReference,
    timeout: sourceTimeout,
    verify: object({ mode: oneOf(['head']), secretRef: localReference }),
  },
);

const v1beta1 = object(
  { interval: string, url },
  {
    ...beta,
    ref: oldGitReference,
    timeout: looseTimeout,
    verify: object({ mode: oneOf(['head']) }, { secretRef: localReference }),
  },
);

export const gitRepository: KindSchemas = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'GitRepository',
  describes: 'spec',
  versions: { v1, v1beta2, v1beta1 },
};
