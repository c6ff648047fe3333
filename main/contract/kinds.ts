/** Of samples, and of what they are made of: how often it is asked. It stands alone for who needs no schema. */
export const kinds = ['fast', 'medium', 'slow', 'daily'] as const;
