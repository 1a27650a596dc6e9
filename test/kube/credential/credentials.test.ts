import { describe, expect, it } from 'vitest';
import { knownCredential } from '../../../src/kube/credential/credential-formats.ts';
import { credentialLines } from '../../../src/kube/credential/credential-lines.ts';
import { abridged, isLikelyCredential, namesCredential } from '../../../src/kube/credential/credential-names.ts';
import { isPlaceholder, isPublic } from '../../../src/kube/credential/placeholder.ts';
import { mayBeSensitive, sensitiveTexts } from '../../../src/kube/credential/sensitive-scalars.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';

describe('forms that are credentials beyond doubt', () => {
  it.each([
    ['a token of ghp_7c2Kf9Qw4Ls8Zx1Vb6Nm3Tr5Yh0Jd2Pg4Sa8', 'a GitHub token'],
    ['glpat-7c2Kf9Qw4Ls8Zx1Vb6Nm', 'a GitLab token'],
    ['AKIAQ7W2E4R6T3Y5U2I7', 'an AWS access key'],
    ['xoxb-718293645019-Kf9Qw4Ls8Zx1', 'a Slack token'],
    ['https://hooks.slack.com/services/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', 'the address of a Slack webhook'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7c2Kf9Qw4Ls8Zx1Vb6Nm3Tr5Yh0Jd2Pg4Sa8Kf9Q\n', 'a private key'],
    ['DefaultEndpointsProtocol=https;AccountKey=7c2Kf9Qw4Ls8Zx1Vb6Nm3Tr5Yh0Jd2Pg4Sa8Kf9Qw4Ls8Zx1Vb==', 'an Azure account key'],
    ['postgres://billing:7hGpq2Lm@db/billing', 'a URL with a password'],
    ['redis://:7hGpq2Lm@cache:6379', 'a URL with a password'],
  ])('%s', (text, what) => {
    expect(knownCredential(text)?.what).toBe(what);
  });

  it('says where in the text', () => {
    expect(knownCredential('url=redis://:7hGpq2Lm@cache')).toMatchObject({ value: '7hGpq2Lm', start: 13 });
  });

  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    'https://git.example.com:8443/acme@v1',
    'postgres://user:password@localhost/db',
    'postgres://billing:$(PASSWORD)@db',
    'postgres://billing:{{ .password }}@db',
    'ssh://git@git.example.com/acme/shop',
    '-----BEGIN PUBLIC KEY-----\nMIIEowIBAAKCAQEA7c2Kf9Qw4Ls8Zx1Vb6Nm3Tr5Yh0Jd2Pg\n',
  ])('%s is none', (text) => {
    expect(knownCredential(text)).toBeUndefined();
  });
});

describe('names', () => {
  it.each(['password', 'adminPassword', 'DB_PASSWORD', 'db-pass', 'apiKey', 'AWS_SECRET_ACCESS_KEY', 'clientSecret', 'auth_token'])(
    '%s',
    (name) => {
      expect(namesCredential(name)).toBe(true);
    },
  );
  it.each(['existingSecret', 'passwordKey', 'PASSWORD_FILE', 'tokenUrl', 'secretName', 'publicKey', 'compass', 'pass', 'sortKey'])(
    '%s is none',
    (name) => {
      expect(namesCredential(name)).toBe(false);
    },
  );
});

describe('values', () => {
  it.each([
    ['password', 'hunter2'],
    ['password', '7hG-pq2Lm'],
    ['apiKey', 'Zk8fGh2kLmP4'],
  ])('%s: %s', (name, value) => {
    expect(isLikelyCredential(name, value)).toBe(true);
  });
  it.each([
    ['password', ''],
    ['password', 'changeme'],
    ['password', 'db-password'],
    ['password', '$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'],
    ['token', '/var/run/secrets/token'],
    ['clientSecret', 'my-oidc-secret'],
    ['secretKey', 'ADMIN_TOKEN'],
    ['secretKey', 'adminToken'],
  ])('%s: %s is none', (name, value) => {
    expect(isLikelyCredential(name, value)).toBe(false);
  });
});

it.each([
  '',
  'REPLACE_ME',
  'xxxx',
  '<password>',
  '${PASSWORD}',
  '{{ .password }}',
  'ENC[AES256_GCM,data:a]',
  'vault:secret/data#a',
  '********',
  'os.environ/QUEUE_KEY',
  'os.environ["QUEUE_KEY"]',
  'process.env.QUEUE_KEY',
  'env.QUEUE_KEY',
  '%env(QUEUE_KEY)%',
])('%s stands for something', (text) => {
  expect(isPlaceholder(text)).toBe(true);
});

it.each(['hunter2', 'env.7hG-pq2Lm', 'environment7', '-----BEGIN RSA PRIVATE KEY-----'])('%s stands for itself', (text) => {
  expect(isPlaceholder(text)).toBe(false);
});

it('knows what anyone may know', () => {
  expect(isPublic('-----BEGIN CERTIFICATE-----\nMIIB')).toBe(true);
  expect(isPublic('ssh-ed25519 AAAAC3NzaC1l git@example')).toBe(true);
  expect(isPublic('-----BEGIN CERTIFICATE-----\nMIIB\n-----BEGIN PRIVATE KEY-----\nMIIB')).toBe(false);
});

it('finds lines of configuration files, not comments and code', () => {
  const text = 'user: billing\npassword: "7hG-pq2Lm" # of the database\n# token: 9fGh2kLmP4qR\nkey=$(cat key)\nAPI_KEY=Zk8fGh2kLmP4\n';
  expect(credentialLines(text)).toEqual([
    { name: 'password', value: '7hG-pq2Lm', start: 25 },
    { name: 'API_KEY', value: 'Zk8fGh2kLmP4', start: text.indexOf('Zk8') },
  ]);
});

it('shows two characters and the length', () => {
  expect(abridged('7hG-pq2Lm')).toBe('7h\u2026, 9 characters');
});

it('no definition holds what is secret', () => {
  const textsOf = (kind: string) => {
    const text = `kind: ${kind}\nspec: { password: 7hGpq2Lm }\n`;
    const [document] = parseYaml(text, wholeFile('a.yaml')).documents;
    return document?.root ? sensitiveTexts(document.root, text).texts.map((found) => found.text) : [];
  };
  expect(textsOf('Database')).toEqual(['7hGpq2Lm']);
  expect(textsOf('CustomResourceDefinition')).toEqual([]);
});

describe('a text that holds what is secret', () => {
  const value = '7hGpq2Lm';
  const names = [
    ...['password', 'adminPassword', 'DB_PASSWORD', 'db-passwd', 'passphrase', 'pwd', 'userPass', 'token', 'AUTH_TOKEN', 'authtoken'],
    ...['apikey', 'apiKey', 'API_KEY', 'private.key', 'secretkey', 'account-key', 'clientSecret', 'JWT_SECRET', 'webhook-secret', 'token_'],
  ];
  const forms = [
    (name: string) => `${name}: ${value}\n`,
    (name: string) => `"${name}" : "${value}"\n`,
    (name: string) => `{ ${name}: ${value} }`,
    (name: string) => `{"env":[{"name":"${name}","value":"${value}"}]}`,
    (name: string) => `env:\n  - name: ${name}\n    value: ${value}\n`,
    (name: string) => `env:\r\n  - name: ${name} # of the service\r\n    value: ${value}\r\n`,
    (name: string) => `env:\n  - value: ${value}\n    name: ${name}`,
    (name: string) => `env: [{ value: ${value}, name: ${name} }]\n`,
  ];
  const others = [
    `kind: Secret\nstringData: { a: ${value} }\n`,
    `secretGenerator: [{ name: a, literals: [a=${value}] }]\n`,
    `kind: SecretGenerator\nliterals: [a=${value}]\n`,
    `- { op: add, path: /stringData/a, value: ${value} }\n`,
    `- { op: add, path: /data/a, value: ${value} }\n`,
    `patches:\n  - target: { kind: Secret }\n    patch: '[{ op: add, path: /x, value: ${value} }]'\n`,
    `patches:\n  - patch: |\n      kind: Secret\n      data: { a: ${value} }\n`,
  ];

  it.each([...names.flatMap((name) => forms.map((form) => form(name))), ...others])('is looked into: %j', (text) => {
    const [document] = parseYaml(text, wholeFile('a.yaml')).documents;
    expect(document?.root && sensitiveTexts(document.root, text).texts.map((found) => found.text)).toEqual([value]);
    expect(mayBeSensitive(text)).toBe(true);
  });

  it.each(['kind: ConfigMap\ndata: { key: a }\n', 'secretRef: { name: a }\n', 'passwordFile: a\n', 'tokenTtl: 5\n', 'patches: []\n'])(
    'is not %j',
    (text) => {
      expect(mayBeSensitive(text)).toBe(false);
    },
  );
});
