import { lookup, Resolver } from 'node:dns/promises';

/** For each name that canonicalisation tries. */
const lookUpMs = 5000;
const maxAliases = 8;

/** Whether the system's resolver knows a name, and what it is an alias of; null: it does not, or nobody answers. */
export async function lookUpName(
  name: string,
  family: 'any' | 'inet' | 'inet6',
): Promise<{ cname: string | null } | null> {
  const known = await inTime(lookup(name, { family: families[family] }));
  return known === null ? null : { cname: await aliasOf(name) };
}

const families = { any: 0, inet: 4, inet6: 6 } as const;

async function aliasOf(name: string): Promise<string | null> {
  const resolver = new Resolver({ timeout: lookUpMs, tries: 1 });
  let alias: string | null = null;
  for (let steps = 0; steps < maxAliases; steps += 1) {
    const [next]: string[] = (await inTime(resolver.resolveCname(alias ?? name.replace(/\.$/, '')))) ?? [];
    if (next === undefined) break;
    alias = next;
  }
  resolver.cancel();
  return alias;
}

/** Null for a failure as well: ssh tries the next domain then. */
async function inTime<Answer>(work: Promise<Answer>): Promise<Answer | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), lookUpMs);
  try {
    return await Promise.race([work.catch(() => null), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
