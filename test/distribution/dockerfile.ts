/**
 * Plays a Dockerfile in directories, since no engine runs here: FROM makes an empty one, COPY copies, RUN runs with the
 * paths of the image put below its directory. What a base image brings is this machine's, and `apk` only says its name.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Stage {
  readonly name: string | undefined;
  /** Where its `/` lies. */
  readonly root: string;
  readonly workdir: string;
}

/** Runs every instruction below `directory`; gives the last stage, and its USER and ENTRYPOINT. */
export const play = (directory: string) => {
  const context = join(directory, 'context');
  copyContext(context);
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'apk'), '#!/bin/sh\necho "apk $*"\n', { mode: 0o755 });

  const stages: Stage[] = [];
  const said: Record<string, string> = {};
  for (const { word, rest } of instructions(readFileSync('Dockerfile', 'utf8'))) {
    const stage = stages.at(-1) ?? { name: undefined, root: directory, workdir: '/' };
    switch (word) {
      case 'FROM':
        stages.push({ name: / AS (\S+)$/.exec(rest)?.[1], root: newRoot(join(directory, `stage-${stages.length}`)), workdir: '/' });
        break;
      case 'WORKDIR':
        mkdirSync(join(stage.root, rest), { recursive: true });
        stages.splice(-1, 1, { ...stage, workdir: rest });
        break;
      case 'COPY':
        copy(rest, stage, stages.find(({ name }) => name !== undefined && rest.startsWith(`--from=${name} `))?.root ?? context);
        break;
      case 'RUN': {
        const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, GIT_CONFIG_SYSTEM: join(stage.root, 'etc/gitconfig') };
        const command = rest.replace(/(?<=\s)\/(?=(opt|usr|etc)\/)/g, `${stage.root}/`);
        execFileSync('sh', ['-ec', command], { cwd: join(stage.root, stage.workdir), env, stdio: ['ignore', 'ignore', 'inherit'] });
        break;
      }
      case 'LABEL':
      case 'USER':
      case 'ENTRYPOINT':
        said[word] = rest;
        break;
      default:
        throw new Error(`${word} is not played`);
    }
  }
  const last = stages.at(-1);
  if (last === undefined) throw new Error('the Dockerfile has no stage');
  return { ...last, said };
};

/** Instructions without comments, each on one line. */
const instructions = (text: string) =>
  text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ word: line.slice(0, line.indexOf(' ')), rest: line.slice(line.indexOf(' ') + 1) }));

/** What .dockerignore leaves of the work tree: everything is out but the names that it lists. */
const copyContext = (context: string) => {
  const patterns = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [all, ...kept] = patterns;
  if (all !== '*' || kept.some((pattern) => !/^![\w.-]+$/.test(pattern)))
    throw new Error('.dockerignore is no list of names that are kept');
  mkdirSync(context);
  for (const pattern of kept) cpSync(pattern.slice(1), join(context, pattern.slice(1)), { recursive: true });
};

const newRoot = (root: string): string => {
  for (const path of ['etc', 'usr/local/bin']) mkdirSync(join(root, path), { recursive: true });
  return root;
};

const copy = (rest: string, { root, workdir }: Stage, from: string) => {
  const words = rest.split(' ').filter((word) => !word.startsWith('--'));
  const target = words.at(-1) ?? '';
  const to = join(root, target.startsWith('/') ? '' : workdir, target);
  for (const source of words.slice(0, -1)) {
    const isFile = statSync(join(from, source)).isFile();
    cpSync(join(from, source), isFile && /(^|\/)$|^\.\/?$/.test(target) ? join(to, basename(source)) : to, { recursive: true });
  }
};
