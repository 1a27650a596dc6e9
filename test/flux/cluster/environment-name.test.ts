import { expect, it } from 'vitest';
import { environmentOf } from '../../../src/flux/cluster/environment-name.ts';

it.each([
  ['prod', 'production', 'prod'],
  ['production', 'production', 'production'],
  ['prod-db-01', 'production', 'prod'],
  ['us-east-1-prd', 'production', 'prd'],
  ['cluster.live', 'production', 'live'],
  ['PROD_EU', 'production', 'PROD'],
  ['prod01', 'production', 'prod'],
  ['staging', 'staging', 'staging'],
  ['stg-eu', 'staging', 'stg'],
  ['uat2', 'uat', 'uat'],
  ['preprod', 'preproduction', 'preprod'],
  ['eu-pre-prod-1', 'preproduction', 'pre-prod'],
  ['dev', 'development', 'dev'],
  ['dev-test', 'development', 'dev'],
  ['qa_1', 'qa', 'qa'],
  ['sandbox', 'sandbox', 'sandbox'],
  ['nonprod', 'nonproduction', 'nonprod'],
  ['non-prod', 'nonproduction', 'non-prod'],
  ['aks-nonproduction-weu', 'nonproduction', 'nonproduction'],
])('%s is %s', (name, environment, token) => {
  expect(environmentOf(name)).toMatchObject({ environment, token });
});

it.each([
  'product',
  'products',
  'livekit',
  'stages',
  'devops',
  'latest',
  'prodigy',
  'delivery',
  'apps',
  '',
  '-',
  '01',
  'prod-to-staging-mirror',
])('%s names none', (name) => {
  expect(environmentOf(name)).toBeUndefined();
});

it('knows how far from production each is', () => {
  expect(['live', 'preprod', 'non-prod'].map((name) => environmentOf(name)?.tier)).toEqual(['production', 'staging', 'development']);
});
