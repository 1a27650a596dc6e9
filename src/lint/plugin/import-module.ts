/** Loads an ES module by its URL. A module of its own, since the executable has to do it in another way. */
export const importModule = (url: string): Promise<unknown> => import(url);
