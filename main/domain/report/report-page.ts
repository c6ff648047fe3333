import { levelOf } from '../present/levels.ts';
import {
  formatBytes,
  formatCount,
  formatDateTime,
  formatMemory,
  formatMilliseconds,
  formatPercent,
  formatTime,
  unknown,
} from '../present/units.ts';
import { type Html, html, lines } from './html.ts';
import { bar, disks, facts, gauges, network, temperatures } from './report-gauges.ts';
import type { ReportEntry, ReportMoment, ReportSample } from './report-moment.ts';
import { reportStyle } from './report-style.ts';

/** A sample that is older than this at the moment is told with its time. */
const freshMs = 120_000;
const mostProcesses = 60;

/**
 * One moment of a dump as a page that needs nothing else: no scripts, no links, no pictures, and nothing is allowed to
 * be fetched. What a host says is text in it, whatever it looks like.
 */
export function reportPage(moment: ReportMoment): string {
  const { name, at, zoneMinutes, fast, medium, notes, entries, isRedacted } = moment;
  const utc = new Date(at).toISOString();
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name} at ${utc.slice(0, 19).replace('T', ' ')} UTC</title>
<style>${{ markup: reportStyle }}</style>
</head>
<body>
<main>
<header>
<h1>${name}</h1>
<p><time datetime="${utc}">${utc.slice(0, 19).replace('T', ' ')} UTC</time> · ${formatDateTime(at, zoneMinutes)} local time (${zone(zoneMinutes)})</p>
${isRedacted ? html`<p class="badge">Redacted: names, addresses, serials and secrets are pseudonyms</p>` : null}
</header>
${list('What the dump met', notes)}
${fast === null ? html`<section><h2>At a glance</h2>No fast sample had been taken at this moment.</section>` : gauges(fast)}
${list('What could not be read', problems(fast, medium))}
${fast === null ? null : processes(fast, moment)}
<div class="columns">${medium === null ? null : filesystems(medium, moment)}${facts(moment)}${fast === null ? null : [disks(fast), network(fast), temperatures(fast)]}</div>
${commands(entries, moment)}
<footer>Made by Rackside from a recording. It holds no scripts, and loads nothing.</footer>
</main>
</body>
</html>
`;
  return page.markup;
}

/** `UTC+02:00`. */
function zone(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function list(title: string, sentences: readonly string[]): Html | null {
  if (sentences.length === 0) return null;
  return html`<section><h2>${title}</h2><ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul></section>`;
}

function problems(...samples: readonly (ReportSample | null)[]): string[] {
  return samples.flatMap((sample) =>
    Object.entries(sample?.data.problems ?? {})
      .filter(([, { status }]) => status === 'failed')
      .map(([id, { reason }]) => `${id}: ${reason}`),
  );
}

/** Beside a title, where what is shown is from some time before. */
function since(sample: ReportSample, { at, zoneMinutes }: ReportMoment): Html | null {
  return at - sample.at < freshMs ? null : html`<small>as of ${formatTime(sample.at, zoneMinutes)}</small>`;
}

function processes(sample: ReportSample, moment: ReportMoment): Html | null {
  const reading = sample.data.processes ?? null;
  if (reading === null) return null;
  const sorted = [...reading.list].sort((a, b) => (b.cpu_percent ?? -1) - (a.cpu_percent ?? -1));
  const count = reading.count === null ? '' : ` of ${formatCount(reading.count)}`;
  return html`<section class="wide"><h2>Processes<small>the top ${Math.min(sorted.length, mostProcesses)}${count}, by CPU and memory</small>${since(sample, moment)}</h2>
<table><tr><th class="n">CPU of one core</th><th class="n">Memory</th><th class="n">PID</th><th>User</th><th>State</th><th>Command</th></tr>${sorted
    .slice(0, mostProcesses)
    .map(
      ({ cpu_percent: cpu, memory_bytes: memory, pid, user, state, command, name }) =>
        html`<tr><td class="n ${tone(cpu)}">${formatPercent(cpu)}</td><td class="n">${formatMemory(memory)}</td><td class="n">${pid}</td><td>${user ?? unknown}</td><td>${state}</td><td><code>${command ?? `[${name}]`}</code></td></tr>`,
    )}</table></section>`;
}

function tone(cpu: number | null): string {
  const level = levelOf('process', cpu);
  return level === 'warn' || level === 'bad' ? `${level}-text` : '';
}

function filesystems(sample: ReportSample, moment: ReportMoment): Html | null {
  const found = sample.data.filesystems?.list ?? [];
  if (found.length === 0) return null;
  return html`<section class="wide"><h2>File systems${since(sample, moment)}</h2><table><tr><th>Mount</th><th>Type</th><th class="n">Used</th><th class="n">Available</th><th class="n">Size</th></tr>${found.map(
    (one) =>
      html`<tr><td>${one.mount}</td><td>${one.type ?? unknown}</td><td class="n">${formatPercent(one.used_percent)}${bar('filesystem', one.used_percent)}</td><td class="n">${formatBytes(one.available_bytes)}</td><td class="n">${formatBytes(one.size_bytes)}</td></tr>`,
  )}</table></section>`;
}

function commands(entries: readonly ReportEntry[], { zoneMinutes }: ReportMoment): Html | null {
  if (entries.length === 0) return null;
  return html`<section><h2>Commands around this moment<small>oldest first; open one for its output</small></h2>${entries.map(
    (entry) => {
      const { at, command, stdout, stderr } = entry;
      return html`<details><summary><span>${formatTime(at, zoneMinutes)}</span><code>${command}</code><span class="n">${said(entry)}</span></summary>${
        stdout === '' && stderr === '' ? html`<pre>It printed nothing.</pre>` : null
      }${stdout === '' ? null : html`<pre>${lines(stdout)}</pre>`}${stderr === '' ? null : html`<pre class="err">${lines(stderr)}</pre>`}${
        entry.isShortened ? html`<p>Only the beginning of ${formatBytes(entry.size)} is shown.</p>` : null
      }</details>`;
    },
  )}</section>`;
}

function said({ exit, error, durationMs, size, truncated, timedOut, state }: ReportEntry): string {
  const ended = error === null ? (exit === null ? 'no exit' : `exit ${exit}`) : `not run: ${error}`;
  const marks = [timedOut ? 'timed out' : '', truncated ? 'truncated' : '', state === 'sound' ? '' : state];
  return [ended, ...marks.filter((mark) => mark !== ''), formatMilliseconds(durationMs), formatBytes(size)].join(' · ');
}
