/** One literal that should be a token, or one token that is not there. */
export interface StyleBreach {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
}

/** The tokens that a stylesheet defines. */
export function tokensIn(css: string): ReadonlySet<string> {
  return new Set([...withoutComments(css).matchAll(/(?:^|[{;\s])(--[\w-]+)\s*:/g)].map((found) => found[1] as string));
}

const colourNames =
  'aqua|black|blue|brown|cyan|fuchsia|gold|gray|green|grey|lime|magenta|maroon|navy|olive|orange|pink|purple|red|silver|teal|violet|white|yellow';
const hexColour = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])/i;
const colourFunction = /\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/i;
const namedColour = new RegExp(`(?<![\\w-])(?:${colourNames})(?![\\w-])`, 'i');
/** Distances and type sizes are steps of one scale. Pixels are left alone: they are hairlines and marks. */
const scaled = /^(?:font-size|(?:row-|column-)?gap|(?:padding|margin)(?:-[\w-]+)?)$/;
const remLength = /(?<![\w.-])\d*\.?\d+rem\b/;

/** Holds a stylesheet other than the tokens' own against the tokens. */
export function checkStylesheet(path: string, css: string, tokens: ReadonlySet<string>): StyleBreach[] {
  const text = withoutComments(css);
  const breaches = undefinedTokens(path, text, new Set([...tokens, ...tokensIn(css)]));
  for (const found of text.matchAll(/([\w-]+)\s*:\s*([^;{}]+)(?=[;}])/g)) {
    const [, property = '', value = ''] = found;
    const line = lineAt(text, found.index);
    const colour = hexColour.exec(value) ?? colourFunction.exec(value) ?? namedColour.exec(value);
    if (colour !== null) breaches.push({ path, line, rule: `${property}: the colour "${colour[0]}" is a token's` });
    const length = scaled.test(property) ? remLength.exec(value) : null;
    if (length !== null)
      breaches.push({ path, line, rule: `${property}: "${length[0]}" is a token's: --space-…, --size-…` });
  }
  return breaches;
}

const inStyle =
  /\b(?:color|background(?:Color)?|fill|stroke|stopColor|borderColor|outlineColor)\s*[=:]\s*\{?\s*(['"`])(.*?)\1/g;

/** Holds what a component draws with against the tokens: `var(--…)` anywhere, and the colours of styles and drawings. */
export function checkComponent(path: string, source: string, tokens: ReadonlySet<string>): StyleBreach[] {
  const breaches = undefinedTokens(path, source, tokens);
  for (const found of source.matchAll(inStyle)) {
    const value = found[2] ?? '';
    const colour = hexColour.exec(value) ?? colourFunction.exec(value) ?? namedColour.exec(value);
    if (colour === null) continue;
    breaches.push({ path, line: lineAt(source, found.index), rule: `the colour "${colour[0]}" is a token's` });
  }
  return breaches;
}

/** A name that goes on with `${…}` is the beginning of one. */
function undefinedTokens(path: string, text: string, tokens: ReadonlySet<string>): StyleBreach[] {
  return [...text.matchAll(/var\(\s*(--[\w-]*)(\$\{)?/g)]
    .filter(([, name = '', open]) => {
      return open === undefined ? !tokens.has(name) : ![...tokens].some((token) => token.startsWith(name));
    })
    .map((found) => ({ path, line: lineAt(text, found.index), rule: `${found[1]} is no token of styles/tokens.css` }));
}

/** Line ends stay, so that places are right. */
function withoutComments(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
