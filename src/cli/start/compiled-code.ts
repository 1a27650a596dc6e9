import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** What V8 made of scripts in earlier runs, by name. */
export interface CompiledCode {
  /** Undefined where there is none, or where it is not what was written. */
  readonly read: (name: string) => Compiled | undefined;
  /** By name. Does nothing where it cannot. */
  readonly write: (compiled: ReadonlyMap<string, Compiled>) => void;
  /**
   * Whether to ask what a run has compiled besides: in the hour after something was written, and once a day. Whoever checks another
   * repository gets what that calls, and every other run is left in peace.
   */
  readonly mayGrow: (now: number) => boolean;
}

export interface Compiled {
  readonly code: Buffer;
  /** Bytes of all bytecode there was in the run that wrote it. */
  readonly bytecode: number;
}

const hour = 3_600_000;

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: () => string;
  /** The user's number; undefined on Windows. */
  readonly user: number | undefined;
}

export const surroundings = (): Surroundings => ({
  platform: process.platform,
  env: process.env,
  home: homedir,
  user: process.getuid?.(),
});

/**
 * The code of one build of the package for one V8 with its settings. It lies in the cache directory of the platform, is
 * written whole or not at all, is held against its checksum, and is safe to delete at any time.
 *
 * @param key names the build and the V8
 * @returns undefined where there is no directory that is the user's alone
 */
export const compiledCode = (key: string, around: Surroundings): CompiledCode | undefined => {
  const parent = directoryIn(around);
  if (parent === undefined) return undefined;
  const directory = join(parent, key);
  const isOwn = () => isOwnDirectory(parent, around) && isOwnDirectory(directory, around);
  const isThere = isOwn();
  return {
    read: (name) => {
      const written = isThere ? readIfThere(join(directory, name)) : undefined;
      const rest = written?.subarray(checksumSize);
      if (!written || !rest || !checksum(rest).equals(written.subarray(0, checksumSize))) return undefined;
      return rest.length < sizeOfNumber ? undefined : { bytecode: rest.readUInt32LE(0), code: rest.subarray(sizeOfNumber) };
    },
    write: (compiled) => {
      try {
        for (const each of [dirname(dirname(parent)), dirname(parent), parent, directory]) makeDirectory(each);
        if (!isOwn()) return;
        for (const [name, each] of compiled) writeWhole(join(directory, name), each);
        removeOld(parent, key);
      } catch {
        // A full disk, a home that cannot be written to: the next run compiles, as this one did.
      }
    },
    mayGrow: (now) => {
      try {
        const age = now - lstatSync(directory).mtimeMs;
        if (age > 24 * hour) utimesSync(directory, now / 1000, now / 1000);
        return age < hour || age > 24 * hour;
      } catch {
        return false;
      }
    },
  };
};

/** As Node's own compile cache, which can be switched off by the same variable. In CI, nobody is there for the next run. */
const directoryIn = ({ platform, env, home }: Surroundings): string | undefined => {
  if ((env.CI && env.CI !== 'false') || env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  try {
    const parent = cacheHome({ platform, env, home });
    // Where `HOME` is set to nothing, that would be the working directory: the repository that is checked.
    return isAbsolute(parent) ? join(parent, 'flux-lint', 'compiled') : undefined;
  } catch {
    return undefined;
  }
};

const cacheHome = ({ platform, env, home }: Pick<Surroundings, 'platform' | 'env' | 'home'>): string => {
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME;
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(home(), 'AppData', 'Local');
  return platform === 'darwin' ? join(home(), 'Library', 'Caches') : join(home(), '.cache');
};

/** What others can write to is not run: it is code. */
const isOwnDirectory = (path: string, { user }: Surroundings): boolean => {
  try {
    const found = lstatSync(path);
    return found.isDirectory() && (user === undefined || (found.uid === user && (found.mode & 0o022) === 0));
  } catch {
    return false;
  }
};

/** One level: to make all that are missing, Node goes on for ever where one cannot be made (`/proc`). */
const makeDirectory = (path: string): void => {
  if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
};

const writeWhole = (path: string, { bytecode, code }: Compiled): void => {
  const number = Buffer.alloc(sizeOfNumber);
  number.writeUInt32LE(bytecode);
  const rest = Buffer.concat([number, code]);
  const unfinished = `${path}.${crypto().randomUUID()}`;
  writeFileSync(unfinished, Buffer.concat([checksum(rest), rest]), { flag: 'wx', mode: 0o600 });
  renameSync(unfinished, path);
};

const readIfThere = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
};

const checksumSize = 32;
const sizeOfNumber = 4;

/** V8 itself looks at the length alone. Loaded where it is needed: `--version` has no use for it. */
export const checksum = (code: Buffer): Buffer => crypto().createHash('sha256').update(code).digest();

const crypto = () => process.getBuiltinModule('node:crypto');

/** Each version of the package or of Node leaves a few megabytes. */
const mostKept = 3;

const removeOld = (parent: string, key: string): void => {
  const others = readdirSync(parent).filter((name) => name !== key);
  const byAge = others.map((name) => ({ name, written: lstatSync(join(parent, name)).mtimeMs })).sort((a, b) => b.written - a.written);
  for (const { name } of byAge.slice(mostKept - 1)) rmSync(join(parent, name), { recursive: true, force: true });
};
