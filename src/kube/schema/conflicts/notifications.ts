import { child, stringAt } from '../../../yaml/node.ts';
import { type FieldRule, has, isOther, itemsOf, when } from './field-rule.ts';

const commitStatusProviders = ['github', 'gitlab', 'gitea', 'bitbucketserver', 'bitbucket', 'azuredevops'];

export const providerRules: readonly FieldRule[] = [
  {
    message: `Only the types ${commitStatusProviders.join(', ')} take spec.commitStatusExpr: the API server rejects it.`,
    check: (spec) =>
      when(has(spec, 'commitStatusExpr') && isOther(stringAt(spec, 'type'), ...commitStatusProviders), 'spec', 'commitStatusExpr'),
  },
];

export const receiverRules: readonly FieldRule[] = [
  {
    message: 'A receiver of the type generic-oidc needs spec.oidcProviders: the API server rejects the object.',
    check: (spec) => {
      const providers = child(spec, 'oidcProviders');
      const isEmpty = !has(spec, 'oidcProviders') || (providers?.type === 'list' && providers.items.length === 0);
      return when(stringAt(spec, 'type') === 'generic-oidc' && isEmpty, 'spec', 'type');
    },
  },
  {
    message: 'Only the type generic-oidc takes spec.oidcProviders: the API server rejects it.',
    check: (spec) =>
      when(isOther(stringAt(spec, 'type'), 'generic-oidc') && itemsOf(spec, 'oidcProviders').length > 0, 'spec', 'oidcProviders'),
  },
  {
    message: 'The type generic-oidc takes no spec.secretRef: the API server rejects it.',
    check: (spec) => when(stringAt(spec, 'type') === 'generic-oidc' && has(spec, 'secretRef'), 'spec', 'secretRef'),
  },
  {
    message: 'Every receiver but those of the type generic-oidc needs spec.secretRef: the API server rejects the object.',
    check: (spec) => when(isOther(stringAt(spec, 'type'), 'generic-oidc') && !has(spec, 'secretRef'), 'spec', 'type'),
  },
];
