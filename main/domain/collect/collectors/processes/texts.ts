import { cutText } from '../../cut-text.ts';
import { maxCommandLine } from './awk.ts';

export interface StatusFacts {
  /** Effective user, as a number in text; null where the line is missing. */
  readonly uid: string | null;
  /** Null for a kernel thread, a zombie, and where the line is missing. */
  readonly rssBytes: number | null;
}

/** To the letter: what stands for a number, with anything else in it, is another number. */
const statusLine = /^\/proc\/(\d{1,10})\/status:(?:Uid:\s+\d{1,10}\s+(\d{1,10})(?:\s.*)?|VmRSS:\s+(\d{1,12}) kB\s*)$/;

/** `grep -E '^(Uid|VmRSS):' /proc/A/status …`, by pid. */
export function parseStatus(text: string): Map<number, StatusFacts> {
  const found = new Map<number, StatusFacts>();
  for (const line of text.split('\n')) {
    const match = statusLine.exec(line);
    if (match === null) continue;
    const pid = Number(match[1]);
    const before = found.get(pid);
    const uid = match[2] ?? before?.uid ?? null;
    const rssBytes = match[3] === undefined ? (before?.rssBytes ?? null) : Number(match[3]) * 1024;
    found.set(pid, { uid, rssBytes });
  }
  return found;
}

const maxUserName = 64;

/** Names by user number; https://man7.org/linux/man-pages/man5/passwd.5.html */
export function parsePasswd(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':');
    if (name === undefined || name === '' || uid === undefined || !/^\d{1,10}$/.test(uid)) continue;
    // Where two share a number, the first is the one that the system shows.
    if (!found.has(uid)) found.set(uid, cutText(name, maxUserName));
  }
  return found;
}

/** The arguments parted by spaces; null for a kernel thread. Control characters stay: whoever shows them escapes them. */
export function parseCommandLine(raw: string): string | null {
  const text = raw.slice(0, maxCommandLine).replaceAll('\0', ' ').trimEnd().toWellFormed();
  return text === '' ? null : text;
}

/** The most that any kernel can be built for. */
export const maxCpus = 8192;

/** How many CPUs a list such as `0-3,5` names; null where it is not one. */
export function parseCpuCount(text: string): number | null {
  let count = 0;
  for (const part of text.trim().split(',')) {
    const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part);
    if (match === null) return null;
    count += Number(match[2] ?? match[1]) - Number(match[1]) + 1;
  }
  return count > 0 && count <= maxCpus ? count : null;
}
