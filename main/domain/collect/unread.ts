import type { CommandRecord } from './record.ts';

/** What a collector answers when a file that it needs gave nothing: absent, or failed where the reading itself hung. */
export function unread(
  record: CommandRecord | undefined,
  path: string,
): { readonly status: 'absent' | 'failed'; readonly reason: string } {
  const error = record?.error ?? null;
  if (error !== null) return { status: 'failed', reason: `${path} could not be read: ${error}` };
  return { status: 'absent', reason: `${path} is not there, or not for this user.` };
}
