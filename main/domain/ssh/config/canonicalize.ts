import { numericAddress } from './address.ts';
import { quoted, refused } from './bad-line.ts';
import type { Options } from './options.ts';
import { matchesList } from './pattern.ts';
import { lower } from './words.ts';
import type { ConfigWorld } from './world.ts';

/** The name that ssh would go on with: an address as it is written, a name with the domain that knows it. */
export async function canonicalName(given: string, options: Options, world: ConfigWorld): Promise<string> {
  const family = options.values.get('addressfamily') ?? 'any';
  const address = numericAddress(given, family);
  if (address !== null) return address;
  const host = numericAddress(given, 'any') === null ? lower(given) : given;
  const wish = options.values.get('canonicalizehostname');
  const isDirect = !hasProxy(options);
  const mayLook = isDirect || wish === 'always';
  const found = wish === 'false' || !mayLook ? null : await lookUp(host, options, world);
  if (found !== null) return followed(found.name, found.cname, options);
  if (!mayLook || permitted(options).length === 0) return host;
  const plain = await world.resolve(host, familyOf(options));
  if (plain === null && isDirect)
    throw refused(`The name ${quoted(host)} is not known, and its aliases are asked for.`);
  return plain === null ? host : followed(host, plain.cname, options);
}

/** Null: no domain knows it, or it has dots enough to be left alone. */
async function lookUp(
  host: string,
  options: Options,
  world: ConfigWorld,
): Promise<{ name: string; cname: string | null } | null> {
  const isAnchored = host.endsWith('.');
  const dots = host.split('.').length - 1;
  if (!isAnchored && dots > Number(options.values.get('canonicalizemaxdots') ?? 1)) return null;
  const domains = options.lists.get('canonicaldomains') ?? [];
  const names = isAnchored ? [host] : domains[0] === 'none' ? [] : domains.map((domain) => `${host}.${domain}.`);
  for (const name of names) {
    const answer = await world.resolve(name, familyOf(options));
    if (answer !== null) return { name: name.slice(0, -1), cname: answer.cname };
  }
  if (options.values.get('canonicalizefallbacklocal') === 'no') {
    throw refused(`None of CanonicalDomains knows the name ${quoted(host)}, and CanonicalizeFallbackLocal is no.`);
  }
  return null;
}

function followed(name: string, cname: string | null, options: Options): string {
  if (cname === null || cname === name) return name;
  const alias = lower(cname.replace(/\.$/, ''));
  const follows = permitted(options).some((rule) => {
    const [from = '', to = ''] = rule.split(':', 2);
    return matchesList(lower(name), lower(from)) === 'yes' && matchesList(alias, lower(to)) === 'yes';
  });
  return follows ? alias : name;
}

function permitted(options: Options): readonly string[] {
  const rules = options.lists.get('canonicalizepermittedcnames') ?? [];
  return rules[0] === 'none' ? [] : rules;
}

function hasProxy({ jump, proxyCommand }: Options): boolean {
  return jump !== null || (proxyCommand !== null && lower(proxyCommand) !== 'none');
}

function familyOf({ values }: Options): 'any' | 'inet' | 'inet6' {
  const family = values.get('addressfamily');
  return family === 'inet' || family === 'inet6' ? family : 'any';
}
