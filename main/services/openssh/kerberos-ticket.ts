import { execFile } from 'node:child_process';

const klistMs = 5000;

/** Whether this user has a Kerberos ticket that still holds; without MIT's or Heimdal's tools, there is none. */
export function hasKerberosTicket(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('klist', ['-s'], { timeout: klistMs }, (error) => resolve(error === null));
  });
}
