/**
 * What a host said, fit to stand in a sentence: one line, no control or direction-changing characters, bounded.
 * A host chooses these words, so they are always quoted.
 */
export function hostWords(said: Uint8Array | string, limit = 200): string {
  const text = typeof said === 'string' ? said : new TextDecoder('utf-8').decode(said.subarray(0, limit * 8));
  const plain = text
    // Colour and cursor sequences first, so that their letters do not stay behind.
    .replace(/\p{Cc}\[[0-?]*[ -/]*[@-~]/gu, '')
    // It must not end its own quotation.
    .replace(/[“”]/g, '"')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const short = [...plain].slice(0, limit).join('');
  return short.length < plain.length ? `“${short}…”` : `“${short}”`;
}
