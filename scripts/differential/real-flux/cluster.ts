/**
 * A cluster without nodes: etcd, a Kubernetes API server and Flux's controllers, all on loopback. Nothing is scheduled, so
 * what waits for pods waits for ever.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { type Api, apiAt } from './api.ts';
import { seedOf } from './etcd.ts';
import type { Controller, Programs } from './programs.ts';

export const ports = { etcd: 27444, peers: 27445, api: 27443, git: 27080, sources: 27090, generators: 27091 } as const;

export interface RealCluster {
  readonly api: Api;
  /** As it was before the first case. No controller runs then. */
  readonly reset: () => Promise<void>;
  /** @param flags for every controller that knows them */
  readonly startControllers: (flags: readonly string[]) => void;
  readonly stop: () => Promise<void>;
}

/** @param folder for all that the programs write */
export const startCluster = async (programs: Programs, folder: string): Promise<RealCluster> => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const servers = [run(programs.etcd, etcdFlags(folder), folder, 'etcd'), run(programs.apiServer, apiFlags(folder), folder, 'apiserver')];
  const api = apiAt(ports.api, token);
  await until(() => api.get('/readyz').then(({ status }) => status === 200));
  await define(api, programs.definitions);
  const restore = await seedOf(`http://127.0.0.1:${ports.etcd}`);
  let running: readonly ChildProcess[] = [];
  const stopControllers = () => stopAll(running);
  return {
    api,
    reset: async () => {
      await stopControllers();
      await restore();
    },
    startControllers: (flags) => {
      const environment = { KUBECONFIG: join(folder, 'kubeconfig'), RUNTIME_NAMESPACE: 'flux-system', ...offline };
      running = [...programs.controllers].map(([name, program]) =>
        run(program, [...controllerFlags(name, folder), ...flagsFor(name, flags)], folder, name, environment),
      );
    },
    stop: async () => {
      await stopControllers();
      await stopAll(servers.toReversed());
    },
  };
};

const token = 'compare';

/** A proxy that is not there: what is not on this machine fails at once. */
const offline = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' };

const etcdFlags = (folder: string): readonly string[] => {
  const [clients, peers] = [`http://127.0.0.1:${ports.etcd}`, `http://127.0.0.1:${ports.peers}`];
  return [
    ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--listen-client-urls', clients, '--advertise-client-urls', clients],
    ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers, '--initial-cluster', `default=${peers}`],
  ];
};

/** The controllers may do everything, and accounts that they impersonate what is bound to them; no tokens of accounts are asked for. */
const apiFlags = (folder: string): readonly string[] => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  write('kubeconfig', JSON.stringify(kubeconfig));
  return [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${ports.api}`,
    `--cert-dir=${join(folder, 'certificates')}`,
    '--service-cluster-ip-range=10.0.0.0/24',
    '--service-account-issuer=https://compare',
    `--service-account-signing-key-file=${write('account.key', privateKey)}`,
    `--service-account-key-file=${write('account.pub', publicKey)}`,
    `--token-auth-file=${write('tokens.csv', `${token},compare,compare,system:masters\n`)}`,
    '--authorization-mode=RBAC',
    '--disable-admission-plugins=ServiceAccount,DefaultStorageClass,DefaultIngressClass,TaintNodesByCondition,Priority,LimitRanger,ResourceQuota',
  ];
};

const kubeconfig = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'compare', cluster: { server: `https://127.0.0.1:${ports.api}`, 'insecure-skip-tls-verify': true } }],
  users: [{ name: 'compare', user: { token } }],
  contexts: [{ name: 'compare', context: { cluster: 'compare', user: 'compare' } }],
  'current-context': 'compare',
};

const controllerFlags = (name: Controller, folder: string): readonly string[] => [
  ...['--metrics-addr=0', '--health-addr=0', '--events-addr=', '--enable-leader-election=false', '--watch-all-namespaces=true'],
  '--log-level=error',
  '--requeue-dependency=2s',
  ...(name === 'source-controller' ? storageFlags(join(folder, 'artifacts'), ports.sources) : []),
  ...(name === 'source-watcher' ? storageFlags(join(folder, 'generated'), ports.generators) : []),
];

const storageFlags = (folder: string, port: number): readonly string[] => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return [`--storage-path=${folder}`, `--storage-addr=127.0.0.1:${port}`, `--storage-adv-addr=127.0.0.1:${port}`];
};

/** A flag of a controller that does not know it ends it. */
const flagsFor = (name: Controller, flags: readonly string[]): readonly string[] =>
  flags.filter((flag) => knownFlags.some(({ pattern, by }) => pattern.test(flag) && by.includes(name)));

const knownFlags: readonly { readonly pattern: RegExp; readonly by: readonly Controller[] }[] = [
  { pattern: /^--no-cross-namespace-refs=/, by: ['kustomize-controller', 'helm-controller', 'source-watcher'] },
  { pattern: /^--default-service-account=/, by: ['kustomize-controller', 'helm-controller'] },
  { pattern: /^--no-remote-bases=/, by: ['kustomize-controller'] },
  { pattern: /^--feature-gates=ExternalArtifact=/, by: ['kustomize-controller', 'helm-controller'] },
];

const define = async (api: Api, path: string): Promise<void> => {
  const documents = parseAllDocuments(readFileSync(path, 'utf8')).map((document): Definition | null => document.toJS());
  const definitions = documents.filter((document) => document !== null);
  const at = ({ metadata }: Definition) => `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${metadata.name}`;
  for (const definition of definitions) await api.apply(at(definition), definition);
  for (const definition of definitions) {
    await until(() => api.get(at(definition)).then(({ text }) => /"type":"Established","status":"True"/.test(text)));
  }
};

interface Definition {
  readonly metadata: { readonly name: string };
}

const run = (
  program: string,
  flags: readonly string[],
  folder: string,
  name: string,
  environment: Readonly<Record<string, string>> = {},
): ChildProcess => {
  const log = openSync(join(folder, `${name}.log`), 'w');
  const child = spawn(program, flags, { stdio: ['ignore', log, log], env: { ...process.env, ...environment } });
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
};

/** Nothing outlives this process. */
const started = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

const stopAll = async (children: readonly ChildProcess[]): Promise<void> => {
  for (const child of children) {
    if (child.exitCode !== null) continue;
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
  }
};

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await isSo().catch(() => false)) return;
    await sleep(200);
  }
  throw new Error('the API server does not become ready');
};
