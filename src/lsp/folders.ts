/** The folders of an editor's window, and the session that each file belongs to: one for each root, however many folders lie in it. */
import { dirname } from 'node:path';
import { configIn } from '../config/find-config.ts';
import { isInside } from '../files/allowed.ts';
import { gitTopLevel } from '../files/git.ts';
import type { UsageError } from '../model/usage-error.ts';
import { unlessRefused } from './refusal.ts';
import { openSession, type Session } from './session/session.ts';

/** A file and where it belongs. */
export interface OwnFile {
  readonly session: Session;
  /** Below the root of the session. */
  readonly path: string;
}

export interface Buffer {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

export interface FoldersInput {
  /** Hears of a session that is new, with the buffers it has. */
  readonly opened: (session: Session) => void;
  /** Hears of one whose folder has left the window. */
  readonly closed: (session: Session) => void;
  /** Hears why a repository cannot be judged; of a file that is in none, nothing is expected. */
  readonly refused: (error: UsageError) => void;
  /** Those that are open. */
  readonly buffers: () => readonly Buffer[];
}

export interface Folders {
  /** @param directory absolute */
  readonly add: (directory: string) => void;
  readonly remove: (directory: string) => void;
  /** Undefined for what is no file, and for one in no root that can be judged. @param file absolute */
  readonly fileOf: (file: string | undefined) => Promise<OwnFile | undefined>;
  /** What could not be judged is tried again: its configuration may be another one now. */
  readonly retry: () => Promise<void>;
  /** The paths of several files in each session that there is; for the sake of a file that changes somewhere, none is opened. @param files absolute */
  readonly pathsBySession: (files: readonly string[]) => ReadonlyMap<Session, readonly string[]>;
}

export const createFolders = ({ opened, closed, refused, buffers }: FoldersInput): Folders => {
  const folders = new Set<string>();
  const sessions = new Map<string, Promise<Session | undefined>>();
  const byRoot = new Map<string, Session>();

  const openAround = async (directory: string): Promise<Session> => {
    const session = await openSession(directory);
    const known = byRoot.get(session.root);
    if (known) return known;
    for (const { file, text } of buffers()) {
      const path = session.pathOf(file);
      if (path !== undefined) session.setBuffer(path, text);
    }
    opened(session);
    byRoot.set(session.root, session);
    return session;
  };

  const open = (directory: string): Promise<Session | undefined> => {
    const told = (error: UsageError) => {
      if (isBounded(directory)) refused(error);
      return undefined;
    };
    const opening = unlessRefused(() => openAround(directory), told);
    sessions.set(directory, opening);
    return opening;
  };

  /** The nearest of the window's folders and of the repository around a file: a folder may hold several, and one may hold another. */
  const directoryToOpen = (file: string): string => {
    const directory = dirname(file);
    const around = [...folders].filter((folder) => isInside(file, folder) && isBounded(folder));
    const [nearest] = [...around, gitTopLevel(directory) ?? ''].sort((a, b) => b.length - a.length);
    return nearest || directory;
  };

  const fileOf = async (file: string | undefined): Promise<OwnFile | undefined> => {
    if (file === undefined) return undefined;
    const folder = directoryToOpen(file);
    const session = await (sessions.get(folder) ?? open(folder));
    const path = session?.pathOf(file);
    return session && path !== undefined ? { session, path } : undefined;
  };

  return {
    add: (directory) => folders.add(directory),
    remove: (directory) => {
      folders.delete(directory);
      // A folder within a repository has its session at the root of that.
      const isAround = (path: string) => isInside(path, directory) || isInside(directory, path);
      for (const folder of sessions.keys()) if (isAround(folder)) sessions.delete(folder);
      for (const [root, session] of byRoot) {
        const isLeft = [...folders].some((folder) => isInside(folder, root) || isInside(root, folder));
        if (isLeft || !isAround(root)) continue;
        byRoot.delete(root);
        closed(session);
      }
    },
    fileOf,
    retry: async () => {
      for (const [folder, opening] of sessions) if ((await opening) === undefined) await open(folder);
    },
    pathsBySession: (files) => {
      const paths = new Map<Session, string[]>();
      for (const file of files) {
        const around = [...byRoot.values()].filter(({ root }) => isInside(file, root)).sort((a, b) => b.root.length - a.root.length);
        const [nearest] = around;
        const path = nearest?.pathOf(file);
        if (nearest && path !== undefined) paths.set(nearest, [...(paths.get(nearest) ?? []), path]);
      }
      return paths;
    },
  };
};

/** What lies in no repository and has no configuration may be a whole disk. */
const isBounded = (directory: string): boolean => gitTopLevel(directory) !== undefined || configIn(directory) !== undefined;
