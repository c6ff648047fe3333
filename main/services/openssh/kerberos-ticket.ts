import { execFile } from 'node:child_process';

const klistMs = 5000;
/** A technician who has just run `kinit` tries again by hand, which takes longer than this. */
const holdsMs = 5000;

/**
 * Asks whether this user has a Kerberos ticket that still holds; without MIT's or Heimdal's tools, there is none. A
 * process costs more than a connection does, so hosts that connect together share one answer. `now`: milliseconds that
 * only go forward.
 */
export function createTicketCheck(now: () => number): () => Promise<boolean> {
  let asked: { readonly at: number; readonly answer: Promise<boolean> } | null = null;
  return () => {
    if (asked === null || now() - asked.at > holdsMs) asked = { at: now(), answer: hasTicket() };
    return asked.answer;
  };
}

function hasTicket(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('klist', ['-s'], { timeout: klistMs }, (error) => resolve(error === null));
  });
}
