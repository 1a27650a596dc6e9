/** Numbers as Go's fmt writes them. */

/** `strconv.FormatFloat`. A precision of undefined is the smallest that gives the number back. */
export const formatFloat = (value: number, verb: 'e' | 'f' | 'g', precision?: number): string => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  switch (verb) {
    case 'e':
      return sign + exponential(size, precision);
    case 'f':
      return sign + fixed(size, precision);
    case 'g':
      return sign + general(size, precision);
    default:
      return verb satisfies never;
  }
};

/** Go writes two digits of an exponent at least. */
const exponential = (size: number, precision: number | undefined): string =>
  exactExponential(size, precision).replace(/e([-+])(\d)$/, 'e$10$2');

/** JavaScript stops at 100 digits, behind which a float has nothing but what its exact value gives; zeros will do. */
const exactExponential = (size: number, precision: number | undefined): string => {
  if (precision === undefined) return size.toExponential();
  const digits = toEven(size.toExponential(Math.min(precision, 100)), size.toExponential(100));
  return precision <= 100 ? digits : digits.replace('e', `${'0'.repeat(precision - 100)}e`);
};

/** Halves go to the even digit in Go, and up in JavaScript; `exact` has more digits than a half needs. */
const toEven = (rounded: string, exact: string): string => {
  const [digits = '', exponent = ''] = exact.split('e');
  const length = (rounded.split('e')[0] ?? '').length;
  const kept = digits.slice(0, length).replace(/\.$/, '');
  const rest = digits.slice(kept.length).replace('.', '');
  const isHalf = /^50*$/.test(rest) && /[02468]$/.test(kept);
  return isHalf && kept.length === length ? kept + (exact.includes('e') ? `e${exponent}` : '') : rounded;
};

const fixed = (size: number, precision: number | undefined): string => {
  if (precision !== undefined)
    return size < 1e21 && precision <= 100 ? toEven(size.toFixed(precision), size.toFixed(100)) : exactFixed(size, precision);
  const [mantissa = '', exponent = '0'] = size.toExponential().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = whole + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`.replace(/^0\.0*$/, '0');
  if (digits.length <= point) return digits.padEnd(point, '0');
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
};

const exactFixed = (size: number, precision: number): string => {
  const whole = Number.isInteger(size) ? BigInt(size).toString() : size.toFixed(Math.min(precision, 100));
  const [integer = '', fraction = ''] = whole.split('.');
  return precision === 0 ? integer : `${integer}.${fraction.padEnd(precision, '0')}`;
};

const general = (size: number, precision: number | undefined): string => {
  const isShortest = precision === undefined;
  const digits = precision === 0 ? 1 : precision;
  const written = exactExponential(size, isShortest ? undefined : (digits ?? 1) - 1);
  const exponent = Number(written.slice(written.indexOf('e') + 1));
  const significant = (written.slice(0, written.indexOf('e')).replace('.', '').replace(/0+$/, '') || '0').length;
  let threshold = digits ?? 0;
  if (!isShortest && threshold > significant && significant >= exponent + 1) threshold = significant;
  // 1000000 is 1e+06 to Go.
  if (isShortest) threshold = 6;
  if (exponent < -4 || exponent >= threshold) return exponential(size, isShortest ? undefined : significant - 1);
  return isShortest ? fixed(size, undefined) : fixed(Number(written), Math.max(significant - 1 - exponent, 0));
};

/** `%x`: a mantissa of one binary digit before the point. */
export const hexFloat = (value: number, precision?: number): string => {
  if (!Number.isFinite(value)) return formatFloat(value, 'g');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0x0${precision ? `.${'0'.repeat(precision)}` : ''}p+00`;
  let exponent = Math.floor(Math.log2(Math.abs(value)));
  let mantissa = Math.abs(value) / 2 ** exponent;
  if (precision !== undefined) mantissa = roundedToEven(mantissa * 16 ** precision) / 16 ** precision;
  if (mantissa >= 2) {
    mantissa /= 2;
    exponent++;
  }
  const digits = mantissa.toString(16).split('.')[1] ?? '';
  const fraction = precision === undefined ? digits : digits.padEnd(precision, '0');
  const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return `${sign}0x1${fraction ? `.${fraction}` : ''}p${power}`;
};

const roundedToEven = (value: number): number => {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
};
