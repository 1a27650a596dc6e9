/**
 * Roots that no Flux object in git names, but Terraform, a cloud's configuration or a script does: `flux_bootstrap_git`,
 * `azurerm_kubernetes_flux_configuration`, `az k8s-configuration flux create`, `flux bootstrap --path`. Only what is said
 * of a directory that is here counts; of what a variable stands for, every directory that fits.
 */
import { directoriesIn } from '../../files/composed.ts';
import { baseName, byText, directoryOf, type Files } from '../../files/files.ts';
import { clampedPath } from '../clamped-path.ts';
import { hasHole, mayMean } from '../holes.ts';
import { isAside } from './aside.ts';

/** A directory, and the file that names it. */
export interface DeclaredRoot {
  readonly directory: string;
  readonly shownBy: string;
}

const readable = /(\.(tf|tofu|bicep|sh|bash|ps1|mk)|(^|\/)(Makefile|justfile|Justfile|Taskfile\.ya?ml)|^\.github\/.*\.ya?ml)$/;
const mentions =
  /flux_bootstrap_git|kubernetes_flux_configuration|fluxConfigurations|k8s-configuration flux|flux bootstrap|flux_instance|arc_kubernetes_flux/;
const paths = /(?:^|[\s{,;"'])(?:path|--path)\s*[=: ]\s*["']?((?:\$\{[^}\s]*\}|[^\s"',;{}])+)/gm;
const longest = 300;

/** Each directory once, sorted. */
export const declaredRoots = (files: Files): readonly DeclaredRoot[] => {
  const found = new Map<string, string>();
  for (const path of files.paths) {
    if (!readable.test(path) || files.entry(path) !== 'file') continue;
    const text = files.file(path)?.text ?? '';
    if (!mentions.test(text)) continue;
    const meant = [...text.matchAll(paths)].flatMap(([, written = '']) =>
      written.length > longest ? [] : directoriesMeant(written, files),
    );
    for (const directory of wholeClusters(meant)) if (!found.has(directory)) found.set(directory, path);
  }
  return [...found].sort(([a], [b]) => byText(a, b)).map(([directory, shownBy]) => ({ directory, shownBy }));
};

/**
 * The directories a written path means. Where a variable names the parent and the last part is written, the parent is the
 * cluster: Azure applies `/clusters/${name}/infra` and `/clusters/${name}/apps` side by side.
 */
const directoriesMeant = (path: string, files: Files): readonly string[] => {
  if (!hasHole(path)) {
    const directory = clampedPath(path);
    return directory !== '' && files.entry(directory) === 'directory' && !isAside(directory) ? [directory] : [];
  }
  const fitting = directoriesIn(files).filter((directory) => !isAside(directory) && mayMean(path, directory));
  const isPart = !hasHole(baseName(path)) && hasHole(baseName(directoryOf(path)));
  return isPart ? [...new Set(fitting.map(directoryOf))] : fitting;
};

/** Folders that are called after what a part of a cluster is for. */
const parts =
  /^(infra|infrastructure|apps?|applications|workloads|addons?|platform|core|config|configs|controllers?|tenants?|monitoring|services?|crds)$/;

/** Parts of a cluster that are applied side by side are one cluster, which lies in their parent. */
const wholeClusters = (directories: readonly string[]): readonly string[] => {
  const isPart = (directory: string) => parts.test(baseName(directory)) && directoryOf(directory) !== '';
  const beside = (directory: string) =>
    directories.some((other) => other !== directory && isPart(other) && directoryOf(other) === directoryOf(directory));
  return directories.map((directory) => (isPart(directory) && beside(directory) ? directoryOf(directory) : directory));
};
