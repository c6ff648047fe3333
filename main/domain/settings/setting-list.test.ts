import { expect, test } from 'vitest';
import { settingList } from './setting-list.ts';

test('no interval is longer than a timer can wait: beyond 2^31 milliseconds it would fire at once, and for ever', () => {
  const longest = settingList.flatMap(({ key, range }) =>
    key.startsWith('intervals.') && range.type === 'number' ? [[key, range.most * 1000 < 2 ** 31]] : [],
  );
  expect(Object.fromEntries(longest)).toEqual({
    'intervals.fast_seconds': true,
    'intervals.medium_seconds': true,
    'intervals.slow_seconds': true,
    'intervals.daily_seconds': true,
    'intervals.watched_seconds': true,
  });
});
