import { expect, test } from 'vitest';
import { parseStatusText } from './status-text.ts';

test('files with errors end where a prompt or another command begins', () => {
  const text = (files: string) =>
    `  pool: tank\n state: ONLINE\n\nerrors: Permanent errors have been detected in the following files:\n\n${files}`;
  const two = [{ name: 'tank', data_errors: 2, damaged_files: ['/tank/a b', 'tank/vm:<0x1>'] }];
  expect(parseStatusText(text('        /tank/a b\n        tank/vm:<0x1>\nroot@nas:~# \n'))).toMatchObject(two);
  expect(parseStatusText(text('/tank/a b\ntank/vm:<0x1>\n\n$ date\nSun Nov 29\n'))).toMatchObject(two);
});
