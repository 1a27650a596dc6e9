/**
 * The text of a key. Keys are few words written many times, and whoever looks for a field compares them: as names of
 * properties, which V8 keeps once, two that differ are told apart by their addresses.
 */
export const keyText = (written: string): string => {
  const known = names.get(written);
  if (known !== undefined) return known;
  const [name = written] = Object.keys({ [written]: undefined });
  // An editor's session may go on for days.
  if (names.size < most) names.set(name, name);
  return name;
};

const most = 10_000;

const names = new Map<string, string>();
