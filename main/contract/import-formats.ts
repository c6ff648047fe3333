/** Forms of files that name many hosts. The list stands alone for who needs no schema. */
export const importFormats = ['known-hosts', 'ansible-ini', 'ansible-yaml', 'csv'] as const;
export type ImportFormat = (typeof importFormats)[number];
