import type { KindSchemas } from '../schema.ts';
import { boolean, duration, httpUrl, localReference, matching, object, oneOf, requestTimeout, since, string, upTo } from './parts.ts';

const group = 'notification.toolkit.fluxcd.io';

const oldestProviders = [
  'slack',
  'discord',
  'msteams',
  'rocket',
  'generic',
  'generic-hmac',
  'github',
  'gitlab',
  'bitbucket',
  'azuredevops',
  'googlechat',
  'webex',
  'sentry',
  'azureeventhub',
  'telegram',
  'lark',
  'matrix',
  'opsgenie',
  'alertmanager',
  'grafana',
  'githubdispatch',
];
const olderProviders = [...oldestProviders, 'gitea', 'bitbucketserver', 'googlepubsub', 'pagerduty', 'datadog'];
const newProviders = {
  giteapullrequestcomment: '2.7',
  githubpullrequestcomment: '2.7',
  gitlabmergerequestcomment: '2.7',
  zulip: '2.7',
  otel: '2.7',
  zoom: '2.7',
  'incident.io': '2.7',
} as const;

const providerFields = {
  address: upTo(2048),
  certSecretRef: localReference,
  channel: upTo(2048),
  interval: duration,
  proxy: { ...httpUrl, maxLength: 2048 },
  secretRef: localReference,
  suspend: boolean,
  timeout: requestTimeout,
  username: upTo(2048),
};
const bareUrl = matching('^(http|https)://', 'a URL that starts with http:// or https://');

export const provider: KindSchemas = {
  group,
  kind: 'Provider',
  describes: 'spec',
  versions: {
    v1beta3: object(
      { type: oneOf([...olderProviders, 'nats'], newProviders) },
      {
        ...providerFields,
        commitStatusExpr: since('2.6', string),
        proxySecretRef: since('2.3', localReference),
        serviceAccountName: since('2.6', string),
      },
    ),
    v1beta2: object({ type: oneOf(olderProviders) }, providerFields),
    v1beta1: object(
      { type: oneOf(oldestProviders) },
      {
        address: bareUrl,
        certSecretRef: localReference,
        channel: string,
        proxy: bareUrl,
        secretRef: localReference,
        suspend: boolean,
        timeout: requestTimeout,
        username: string,
      },
    ),
  },
};
