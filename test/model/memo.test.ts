import { expect, it } from 'vitest';
import { memo, memoByText } from '../../src/model/memo.ts';

it.each([undefined, null, 0, '', false])('makes an answer once, whatever it is: %s', (answer) => {
  let made = 0;
  const make = () => {
    made++;
    return answer;
  };
  const [byKey, byText, key] = [memo(make), memoByText(make), {}];
  expect([byKey(key), byKey(key), byText('a'), byText('a')]).toEqual([answer, answer, answer, answer]);
  expect(made).toBe(2);
});
