/** The first line that git leaves in a file with a conflict; undefined without one. Block scalars of YAML are indented, so none can hold it. */
export const conflictMarker = (text: string): { readonly start: number; readonly end: number } | undefined => {
  if (!text.includes('<<<<<<<') || !/^>{7}(?: |\r?$)/m.test(text)) return undefined;
  const marker = /^<{7}(?: .*)?$/m.exec(text);
  return marker ? { start: marker.index, end: marker.index + marker[0].length } : undefined;
};
