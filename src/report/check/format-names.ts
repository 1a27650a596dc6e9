/** Every format of `check`, in the order of its help. */
export const checkFormatNames = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown', 'html'] as const;

export type CheckFormat = (typeof checkFormatNames)[number];
