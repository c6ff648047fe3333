import { chmodSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultOf, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { giveName } from './give-name.ts';
import { openPartial } from './partial-file.ts';

const source = { path: '/var/log/x', size: 6, modifiedAt: 1000 };
const text = (path: string) => readFileSync(path, 'utf8');
const mode = (path: string) => statSync(path).mode & 0o777;

function place() {
  const directory = temporaryDirectory();
  const to = join(directory, 'x');
  return { to, part: `${to}.part`, notes: `${to}.part.source`, names: () => readdirSync(directory).sort() };
}

/** Three of its six bytes are there. */
async function begun(to: string): Promise<void> {
  const file = await openPartial(to, source, false);
  await file.append(Buffer.from('abc'));
  await file.leave();
}

test('what comes to the name meanwhile is not written over, and the part stays', async () => {
  const { to, names } = place();
  const file = await openPartial(to, source, false);
  await file.append(Buffer.from('abcdef'));
  writeFileSync(to, 'mine');
  expect(await faultOf(file.finish())).toMatchObject({ code: 'bad_input', step: 'pull' });
  await file.leave().catch(() => {});
  expect([text(to), names()]).toEqual(['mine', ['x', 'x.part', 'x.part.source']]);
  rmSync(to);
  const again = await openPartial(to, source, true);
  expect([again.from, again.anew]).toEqual([6, null]);
  await again.finish();
  expect([text(to), mode(to), names()]).toEqual(['abcdef', 0o600, ['x']]);
});

test('a link to nowhere is a name that is taken', async () => {
  const { to } = place();
  symlinkSync('/no/such/file', to);
  expect(await faultOf(openPartial(to, source, false))).toMatchObject({ code: 'bad_input' });
});

test.each([false, true])('links in the place of a part are not followed; resume %s', async (resume) => {
  const { to, part, notes } = place();
  const victims = [join(temporaryDirectory(), 'a'), join(temporaryDirectory(), 'b')] as const;
  writeFileSync(victims[0], 'victim', { mode: 0o600 });
  writeFileSync(victims[1], JSON.stringify(source), { mode: 0o600 });
  symlinkSync(victims[0], part);
  symlinkSync(victims[1], notes);
  const file = await openPartial(to, { ...source, size: 3 }, resume);
  await file.append(Buffer.from('abc'));
  await file.finish();
  expect([text(to), text(victims[0]), text(victims[1])]).toEqual(['abc', 'victim', JSON.stringify(source)]);
});

test('a resume goes on only with a part that is a file of ours alone', async () => {
  const { to, part } = place();
  await begun(to);
  chmodSync(part, 0o644);
  const file = await openPartial(to, source, true);
  expect({ from: file.from, anew: file.anew, mode: mode(part) }).toEqual({
    from: 0,
    anew: 'The part here is not a file of yours alone, so it is taken anew.',
    mode: 0o600,
  });
  await file.leave();

  const linked = place();
  await begun(linked.to);
  const victim = join(temporaryDirectory(), 'victim');
  writeFileSync(victim, 'victim', { mode: 0o600 });
  rmSync(linked.part);
  symlinkSync(victim, linked.part);
  const other = await openPartial(linked.to, source, true);
  await other.append(Buffer.from('abcdef'));
  await other.finish();
  expect([other.from, text(linked.to), text(victim)]).toEqual([0, 'abcdef', 'victim']);
});

test('an old part that others may read is not written into', async () => {
  const { to, part } = place();
  writeFileSync(part, 'old', { mode: 0o644 });
  const file = await openPartial(to, source, false);
  expect([mode(part), text(part)]).toEqual([0o600, '']);
  await file.leave();
});

test('a name that a file is on its way to is busy, by whatever path, and free again afterwards', async () => {
  const { to } = place();
  const alias = join(temporaryDirectory(), 'alias');
  symlinkSync(join(to, '..'), alias);
  const file = await openPartial(to, source, false);
  const busy = { code: 'busy', step: 'pull' };
  expect([
    await faultOf(openPartial(to, source, true)),
    await faultOf(openPartial(join(alias, 'x'), source, false)),
  ]).toMatchObject([busy, busy]);
  await file.leave();
  const next = await openPartial(to, source, true);
  await next.finish();
  expect(await faultOf(openPartial(to, source, false))).toMatchObject({ code: 'bad_input' });
});

test('a part that another process has begun anew does not get the name of this one', async () => {
  const { to, part, names } = place();
  const file = await openPartial(to, source, false);
  await file.append(Buffer.from('abcdef'));
  rmSync(part);
  writeFileSync(part, 'other');
  expect(await faultOf(file.finish())).toMatchObject({ code: 'busy', step: 'pull' });
  await file.leave();
  expect([text(part), names()]).toEqual(['other', ['x.part', 'x.part.source']]);
});

test('where there are no links a file gets its name too, and replaces none', async () => {
  const { to, part, names } = place();
  const noLink = () => Promise.reject(Object.assign(new Error('no'), { code: 'EPERM' }));
  writeFileSync(part, 'abc');
  await giveName(part, to, noLink);
  expect([text(to), names()]).toEqual(['abc', ['x']]);
  writeFileSync(part, 'other');
  await expect(giveName(part, to, noLink)).rejects.toMatchObject({ code: 'EEXIST' });
  expect([text(to), text(part)]).toEqual(['abc', 'other']);
});
