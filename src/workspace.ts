/** What a command was asked to look at → the views that everything else is read through, and the configuration. */

import { dirname, relative, resolve, sep } from 'node:path';
import { type Checkouts, openCheckouts } from './config/checkouts.ts';
import { type Config, defaultConfig } from './config/config.ts';
import { findConfig } from './config/find-config.ts';
import { findRoot } from './config/find-root.ts';
import { isInside } from './files/allowed.ts';
import { diskFile, diskFiles } from './files/disk.ts';
import { baseName, type Files } from './files/files.ts';
import { gitTopLevel } from './files/git.ts';
import { lazyFiles } from './files/lazy.ts';
import { withBuffer } from './files/overlay.ts';
import { openRepository, type Repository } from './files/repository.ts';
import type { EvaluateTerraform } from './generate/terraform/evaluate-terraform.ts';
import type { Plan } from './generate/terraform/plan.ts';
import { kustomizationNames } from './kustomize/file/kustomization.ts';
import { UsageError } from './model/usage-error.ts';
import { unwatched, type Watch } from './model/watch.ts';

/** What a command was asked to look at; paths and directories as given, relative to `cwd`. */
export interface Request {
  /** Absolute. */
  readonly cwd: string;
  readonly paths: readonly string[];
  readonly root?: string | undefined;
  readonly config?: string | undefined;
  /** Directories of checkouts by the URL they stand for. */
  readonly repositories: Readonly<Record<string, string>>;
  /**
   * Whether the configuration that lies in the root is by who runs this: only then its plugins run, and it may map
   * checkouts that lie elsewhere. Absent: a stranger may have written it.
   */
  readonly trustConfig?: boolean | undefined;
  /** Absent: nobody looks on. */
  readonly watch?: Watch | undefined;
  /** A file as an editor has it, not yet saved: its path relative to `cwd`, which needs not exist, and its text. */
  readonly buffer?: { readonly path: string; readonly text: string } | undefined;
  /** Refuse a root that neither git nor a configuration bounds: it may be a whole disk. */
  readonly needsBounds?: boolean;
  /** Files of values that Terraform's root modules are run with, instead of those found beside them. */
  readonly terraformVarFiles?: readonly string[] | undefined;
  /** Files with plans of root modules, as `terraform show -json` prints them. */
  readonly terraformPlans?: readonly string[] | undefined;
  /** A root without manifests is no mistake: hooks run in any repository. */
  readonly mayBeEmpty?: boolean;
}

/**
 * Opens what a command was asked to look at.
 *
 * @throws UsageError for a path, root or configuration that cannot be used, and where there is nothing to judge
 */
export const openWorkspace = async (request: Request): Promise<OpenedWorkspace> => {
  const opened = await openWorkTree(request);
  return { ...opened, ...(await openTerraform(request, opened, [opened.files])) };
};

/**
 * The work tree, without what Terraform needs; where that may be empty, it is not even listed until somebody asks.
 *
 * @throws UsageError for a path, root or configuration that cannot be used, and where there is nothing to judge
 */
export const openWorkTree = async (request: Request): Promise<OpenedWorkspace> => {
  const { cwd, buffer, watch = unwatched } = request;
  const root = findRoot({ cwd, paths: buffer ? [...request.paths, dirname(buffer.path)] : request.paths, rootOption: request.root });
  const configPath = request.config === undefined ? findConfig(cwd, root) : resolve(cwd, request.config);
  if (request.needsBounds && configPath === undefined && request.root === undefined && gitTopLevel(root) === undefined) {
    throw new UsageError(
      `${root} is in no git work tree and has no .flux-lint.yaml`,
      'Run it in a clone, or name what is to be judged: --root DIR.',
    );
  }
  // The schema's validator is worth its time only where there is a configuration.
  const config = configPath === undefined ? defaultConfig : (await import('./config/read-config.ts')).readConfig(configPath, root);
  // One that was named and lies elsewhere is no stranger's.
  const isTrusted = request.trustConfig === true || (configPath !== undefined && !isInside(configPath, root));
  const below = (path: string) => belowRoot(root, cwd, path);
  const paths = [...request.paths, ...(buffer ? [buffer.path] : [])].map(below);
  return watch.during('files', () => {
    const { checkouts, missing, folders } = openCheckouts({ root, config, given: request.repositories, cwd, isTrusted });
    const saved = request.mayBeEmpty ? lazyFiles(() => diskFiles(root)) : diskFiles(root);
    const files = buffer ? withBuffer(saved, below(buffer.path), buffer.text) : saved;
    if (!request.mayBeEmpty) requireManifests(files, root);
    return { root, paths, config, checkouts, missing, folders, files, repository: openRepository(root), watch };
  });
};

type ForTerraform = Pick<Workspace, 'terraform' | 'terraformVarFiles' | 'terraformPlans'>;

/**
 * What evaluates Terraform in one of the views, where one has any.
 *
 * @throws UsageError for a plan that is none
 */
export const openTerraform = async (
  request: Request,
  { root, config }: Pick<OpenedWorkspace, 'root' | 'config'>,
  views: readonly Files[],
): Promise<ForTerraform> => {
  const { cwd } = request;
  const isUsed =
    config.terraform.roots.length + (request.terraformPlans ?? []).length > 0 ||
    views.some(({ paths }) => paths.some((path) => /\.(?:tf|tofu)(?:\.json)?$/.test(path)));
  if (!isUsed) return {};
  // Terraform's language is worth its time only where somebody uses it.
  const [{ evaluateTerraform }, { readPlan }] = await Promise.all([
    import('./generate/terraform/evaluate-terraform.ts'),
    import('./generate/terraform/plan.ts'),
  ]);
  const terraformPlans = (request.terraformPlans ?? []).map((path): Plan => {
    const plan = readPlan(path, diskFile(resolve(cwd, path), path)?.text ?? '');
    if (plan) return plan;
    throw new UsageError(`${path} is no plan`, 'Write one with: terraform plan -out plan.bin; terraform show -json plan.bin > plan.json');
  });
  const terraformVarFiles = (request.terraformVarFiles ?? []).map((path) => belowRoot(root, cwd, path));
  return { terraform: evaluateTerraform, terraformVarFiles, terraformPlans };
};

const belowRoot = (root: string, cwd: string, path: string): string => relative(root, resolve(cwd, path)).split(sep).join('/');

/** Nothing to judge is no success. */
const requireManifests = (files: Files, root: string): void => {
  const names: ReadonlySet<string> = new Set(kustomizationNames);
  if (files.paths.some((path) => names.has(baseName(path)) || mayBeManifest(files, path))) return;
  throw new UsageError(
    `${root} holds nothing to lint: no Kubernetes object and no kustomization file`,
    'Run it in the repository that Flux syncs from, or name its root with --root.',
  );
};

const mayBeManifest = (files: Files, path: string): boolean =>
  (/\.(?:tf|tofu)$/.test(path) && /flux|kubernetes_|kubectl_/.test(files.file(path)?.text ?? '')) ||
  (/\.ya?ml$/.test(path) && /^[ \t]{0,200}["']?(kind|apiVersion)["']?[ \t]{0,20}:/m.test(files.file(path)?.text ?? ''));

/** The two ends of a run, opened: nothing after this touches the world but through these views. */
export interface Workspace extends Checkouts {
  readonly files: Files;
  readonly config: Config;
  readonly repository: Repository;
  /** Absent: there is no Terraform. */
  readonly terraform?: EvaluateTerraform | undefined;
  /** Files of values for its root modules, as paths of the repository. */
  readonly terraformVarFiles?: readonly string[] | undefined;
  readonly terraformPlans?: readonly Plan[] | undefined;
  /** Absent: nobody looks on. */
  readonly watch?: Watch | undefined;
}

export interface OpenedWorkspace extends Workspace {
  /** Absolute. */
  readonly root: string;
  /** As asked for, below the root. */
  readonly paths: readonly string[];
}
