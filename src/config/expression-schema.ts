import { ruleIdPattern } from '../model/rule-id.ts';
import { text } from './schema-text.ts';

/** Of the configuration's schema: a rule of one's own. */
export const expressionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'assert', 'message'],
  properties: {
    id: {
      title: 'an id such as acme/team-label',
      type: 'string',
      pattern: ruleIdPattern,
      description: 'Its name as a rule, in a category of your own.',
      examples: ['acme/team-label'],
    },
    severity: {
      enum: ['info', 'warning', 'error'],
      default: 'error',
      description: 'How severe its findings are; `rules` and `overrides` may say otherwise.',
      examples: ['warning'],
    },
    match: {
      type: 'object',
      additionalProperties: false,
      description: 'Which objects it is about; what is absent matches all. Default: every object.',
      properties: {
        group: {
          type: 'string',
          description: 'Of the apiVersion; the core group is empty. Default: any.',
          examples: ['apps'],
        },
        kind: { ...text, description: 'Default: any.', examples: ['Deployment'] },
        namespace: { ...text, description: 'A glob. Default: any, or none.', examples: ['billing-*'] },
        labels: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'Labels and their values, all of which the object has. Default: any.',
          examples: [{ tier: 'frontend' }],
        },
        environment: { ...text, description: 'Of the clusters it is checked in. Default: any.', examples: ['production'] },
      },
      examples: [{ kind: 'Deployment', environment: 'production' }],
    },
    assert: {
      ...text,
      description: 'CEL over `object`, as it arrives in the cluster; false is a finding.',
      examples: ["has(object.metadata.labels) && 'team' in object.metadata.labels"],
    },
    message: { ...text, description: 'What the finding says.', examples: ['Deployments carry a team label'] },
  },
} as const;
