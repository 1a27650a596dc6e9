/** Values, each once, by their place. */
export interface Table<T> {
  /** The place of a value; one that is new gets the next. */
  readonly place: (value: T) => number;
  readonly all: () => readonly T[];
  readonly size: () => number;
  /** How many characters the values from this place on are, in JSON and with their commas. */
  readonly lengthFrom: (size: number) => number;
  /** Forgets the values from this place on. */
  readonly cutTo: (size: number) => void;
}

export const createTable = <T>(): Table<T> => {
  const places = new Map<string, number>();
  const values: T[] = [];
  return {
    place: (value) => {
      const key = JSON.stringify(value);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, values.length);
      values.push(value);
      return values.length - 1;
    },
    all: () => values,
    size: () => values.length,
    lengthFrom: (size) => values.slice(size).reduce((sum, value) => sum + JSON.stringify(value).length + 1, 0),
    cutTo: (size) => {
      for (const value of values.splice(size)) places.delete(JSON.stringify(value));
    },
  };
};

/** Characters of the page that tables may fill together. */
export interface Room {
  /** The place that something gets; what does not fit is taken out of the tables again. */
  readonly take: (put: () => number) => number | undefined;
  /** How many did not fit. */
  readonly left: () => number;
}

export const createRoom = (tables: readonly Pick<Table<unknown>, 'size' | 'lengthFrom' | 'cutTo'>[], characters: number): Room => {
  let [used, left] = [0, 0];
  return {
    take: (put) => {
      const sizes = tables.map((table) => table.size());
      const place = put();
      const cost = tables.reduce((sum, table, index) => sum + table.lengthFrom(sizes[index] ?? 0), 0);
      if (used + cost <= characters) {
        used += cost;
        return place;
      }
      for (const [index, table] of tables.entries()) table.cutTo(sizes[index] ?? 0);
      left++;
      return undefined;
    },
    left: () => left,
  };
};
