import type { Tree } from './tree.ts';

/**
 * The smallest texts that can be had by leaving out lines, one stretch after the other, while `stillDiffers`.
 *
 * @param stillDiffers is asked often: once for each stretch, of half a file down to single lines
 */
export const shrunk = async (tree: Tree, stillDiffers: (tree: Tree) => Promise<boolean>): Promise<Tree> => {
  let smallest = tree;
  for (let before = ''; before !== JSON.stringify(smallest); ) {
    before = JSON.stringify(smallest);
    for (const path of Object.keys(smallest)) {
      const { [path]: _, ...without } = smallest;
      smallest = (await stillDiffers(without)) ? without : await withFewerLines(smallest, path, stillDiffers);
    }
  }
  return smallest;
};

const withFewerLines = async (tree: Tree, path: string, stillDiffers: (tree: Tree) => Promise<boolean>): Promise<Tree> => {
  let lines = (tree[path] ?? '').split('\n');
  for (let size = Math.ceil(lines.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < lines.length; ) {
      const fewer = lines.toSpliced(at, size);
      if (await stillDiffers({ ...tree, [path]: fewer.join('\n') })) lines = fewer;
      else at += size;
    }
  }
  return { ...tree, [path]: lines.join('\n') };
};
