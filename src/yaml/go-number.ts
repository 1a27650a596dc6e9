/** A number as Go's `strconv.FormatFloat(number, 'g', -1, 64)` writes it: from a million on with an exponent. */
export const goFloat = (number: number): string => {
  const [mantissa = '', exponent = '0'] = Math.abs(number).toExponential().split('e');
  const power = Number(exponent);
  const sign = number < 0 ? '-' : '';
  if (number === 0) return '0';
  if (power < -4 || power >= 6) return `${sign}${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const digits = mantissa.replace('.', '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0');
  return digits.length > power + 1 ? `${sign}${whole}.${digits.slice(power + 1)}` : sign + whole;
};

/** A number as it is printed behind JSON: whole ones in full as far as 64 bits hold them. */
export const goNumber = (number: number): string =>
  Number.isInteger(number) && number > -(2 ** 63) && number < 2 ** 64 ? String(number) : goFloat(number);
