import type { HealthEvent, HealthGlance, Severity } from '../../contract/health.ts';
import { visible } from './words.ts';

export const severityWords: Readonly<Record<Severity, string>> = { bad: 'Bad', warn: 'Look' };

/** What an event was, in a word or two. */
export function eventWords({ change, sudden, finding }: HealthEvent): string {
  if (change === 'raised' && !sudden) return 'was there';
  const words = { raised: 'began', worsened: 'got worse', eased: 'eased', cleared: 'over' } as const;
  return change === 'raised' && finding.severity === 'bad' ? 'began, bad' : words[change];
}

/** `2 bad, 1 to look at`; null where nothing is wrong, or nothing is known. */
export function healthWords(health: HealthGlance | null): string | null {
  if (health === null || health.bad + health.warn === 0) return null;
  const parts = [health.bad > 0 ? `${health.bad} bad` : '', health.warn > 0 ? `${health.warn} to look at` : ''];
  return parts.filter((part) => part !== '').join(', ');
}

/** The head and the body of what the desktop tells of an event. */
export function alertWords(name: string, event: HealthEvent): { readonly title: string; readonly body: string } {
  const { change, finding } = event;
  const what = change === 'cleared' ? 'over' : change === 'worsened' ? 'got worse' : severityWords[finding.severity];
  return { title: `${visible(name, 60)}: ${what.toLowerCase()}`, body: visible(finding.text, 200) };
}
