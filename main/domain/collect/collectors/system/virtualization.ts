import type { Facts } from './facts.ts';

/** Makers and products that are a hypervisor's, and what systemd calls it. */
const hypervisors: readonly (readonly [RegExp, string])[] = [
  [/\bKVM\b/, 'kvm'],
  [/\bQEMU\b/, 'qemu'],
  [/VMware/i, 'vmware'],
  [/innotek|VirtualBox/i, 'oracle'],
  [/^Xen\b/, 'xen'],
  [/Amazon EC2/, 'amazon'],
  [/Google Compute Engine/, 'google'],
  [/Parallels/, 'parallels'],
  [/BHYVE/i, 'bhyve'],
  [/Bochs/, 'bochs'],
  [/Microsoft Corporation Virtual Machine/, 'microsoft'],
];

/**
 * What the machine runs in, as `systemd-detect-virt` calls it: https://www.freedesktop.org/software/systemd/man/latest/systemd-detect-virt.html
 * Without systemd it is told from what containers leave, from the maker, and from the CPU's own flag; `vm` where that
 * flag is all there is.
 */
export function virtualizationOf(facts: Facts, dmi: Readonly<Partial<Record<string, string>>>): string | null {
  const { virtualization, evidence, architecture } = facts;
  if (virtualization !== null) return /^[a-z][a-z0-9-]{0,31}$/.test(virtualization) ? virtualization : null;
  if (evidence.has('lxcfs')) return 'lxc';
  if (evidence.has('/run/.containerenv')) return 'podman';
  if (evidence.has('/.dockerenv')) return 'docker';
  if (evidence.has('/proc/vz')) return 'openvz';
  const maker = `${dmi.sys_vendor ?? ''} ${dmi.product_name ?? ''}`.trim();
  const isVirtual = evidence.has('hypervisor');
  const found = hypervisors.find(([pattern]) => pattern.test(maker))?.[1];
  // A whole machine of Amazon's bears the same name.
  if (found !== undefined && (isVirtual || found !== 'amazon')) return found;
  if (evidence.has('/proc/xen')) return 'xen';
  if (isVirtual) return 'vm';
  return facts.isVirtualizationAsked && architecture !== null && /^(?:x86_64|i[3-6]86)$/.test(architecture)
    ? 'none'
    : null;
}
