import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

export interface AxeOptions {
  /** Selectors of the parts that are looked at; the whole page where none is named. */
  readonly within?: readonly string[];
  /** The only rules that are asked. */
  readonly rules?: readonly string[] | undefined;
}

/** What of the page breaks a rule that a machine can check, each with the rule's name and the element. */
export async function violations(page: Page, { within = [], rules }: AxeOptions = {}): Promise<string[]> {
  // In the page itself, which has no frames, and without a list of all that is well: else a page of its own is opened to
  // put the answers together, and the paths of thousands of good elements are worked out.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  for (const selector of within) axe.include(selector);
  if (rules !== undefined) axe.withRules([...rules]);
  const { violations: broken } = await axe.analyze();
  return broken.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id} at ${target.join(' ')}: ${html}`));
}
