/** The text, cut to so many UTF-16 units and an ellipsis in place of the last one; well formed in any case. */
export function cutText(text: string, most: number): string {
  return (text.length <= most ? text : `${text.slice(0, most - 1)}…`).toWellFormed();
}
